fn main() {
    for number in 0..100_000 {
        println!("line {number}");
    }
}
