let limit = 100_000

func primes(below limit: Int) -> [Int] {
    var isPrime = [Bool](repeating: true, count: limit)
    return (2..<limit).filter { n in
        guard isPrime[n] else { return false }
        for multiple in stride(from: n * n, to: limit, by: n) { isPrime[multiple] = false }
        return true
    }
}

let found = primes(below: limit)
print(found.count, found.reduce(0, +))
