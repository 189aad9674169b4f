fun main() {
    println("drill my brain")
}
