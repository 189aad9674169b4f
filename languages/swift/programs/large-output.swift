for number in 0..<100_000 {
    print("line \(number)")
}
