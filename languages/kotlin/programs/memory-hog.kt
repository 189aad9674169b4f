fun main() {
    val hoard = mutableListOf<IntArray>()
    while (true) hoard += IntArray(10_000)
}
