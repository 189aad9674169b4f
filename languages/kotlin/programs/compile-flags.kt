@RequiresOptIn
annotation class OnlyWithFlag

@OnlyWithFlag
fun word() = "flagged"

fun main() {
    println(word())
}
