fun main() {
    repeat(100_000) { println("line $it") }
}
