var count = 0
while let line = readLine(strippingNewline: false) {
    count += line.count
}
print("read \(count) characters")
