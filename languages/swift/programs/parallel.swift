let sum = await withTaskGroup(of: Int.self) { group in
    for n in 0..<8 {
        group.addTask { n * n }
    }
    return await group.reduce(0, +)
}
print(sum)
