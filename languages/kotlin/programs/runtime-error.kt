package drill

fun ratio(a: Int, b: Int) = a / b

fun main() {
    println(ratio(1, 0))
}
