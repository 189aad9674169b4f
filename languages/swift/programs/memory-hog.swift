var hoard: [[Int]] = []
while true {
    hoard.append([Int](repeating: 1, count: 10_000))
}
