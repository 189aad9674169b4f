const LIMIT: usize = 100_000;

fn main() {
    let mut prime = vec![true; LIMIT];
    for n in 2..LIMIT {
        if prime[n] {
            for multiple in (n * n..LIMIT).step_by(n) {
                prime[multiple] = false;
            }
        }
    }
    let primes: Vec<_> = (2..LIMIT).filter(|&n| prime[n]).collect();
    println!("{} {}", primes.len(), primes.iter().sum::<usize>());
}
