func twice(_ x: Int) -> Int {
    2 * x
}
