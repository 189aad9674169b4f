fun main() {
    println("read ${System.`in`.readAllBytes().size} characters")
}
