import java.io.File
import java.util.PriorityQueue
import java.util.Scanner
import kotlin.concurrent.thread
import kotlin.math.sqrt
import kotlin.random.Random

sealed interface Shape {
    fun area(): Double
}

data class Circle(val radius: Double) : Shape {
    override fun area() = Math.PI * radius * radius
}

data class Square(val side: Double) : Shape {
    override fun area() = side * side
}

enum class Color { RED, GREEN }

abstract class Animal(val name: String) {
    abstract fun sound(): String
    override fun toString() = "$name says ${sound()}"
}

class Dog(name: String) : Animal(name) {
    override fun sound() = "woof"
}

object Counter {
    private var count = 0
    fun next(): Int = ++count
}

fun <T : Comparable<T>> List<T>.largest(): T? {
    var best: T? = null
    for (item in this) if (best == null || item > best) best = item
    return best
}

fun primes(): Sequence<Int> = sequence {
    var n = 2
    while (true) {
        if ((2..sqrt(n.toDouble()).toInt()).none { n % it == 0 }) yield(n)
        n++
    }
}

tailrec fun gcd(a: Long, b: Long): Long = if (b == 0L) a else gcd(b, a % b)

fun describe(value: Any?): String = when (value) {
    null -> "nothing"
    is Circle -> "circle of ${"%.2f".format(value.area())}"
    is Shape -> "shape"
    in 1..9 -> "digit"
    else -> value.toString()
}

fun main(args: Array<String>) {
    val counts = mutableMapOf<String, Int>()
    for (word in "to be or not to be".split(" ")) counts[word] = (counts[word] ?: 0) + 1
    println(counts.toSortedMap())
    val shapes = listOf(Circle(2.0), Square(3.0))
    println(shapes.filter { it.area() > 1 }.sortedByDescending { it.area() }.joinToString { describe(it) })
    println((1..10).map { it * it }.groupBy { it % 3 }.mapValues { (_, list) -> list.sum() })
    println(primes().takeWhile { it < 30 }.toList() + listOf(3, 1, 2).largest())
    val text = buildString { for (i in 0 until 100 step 3) append(i).append(' ') }
    println("${text.trim().reversed().length} ${Dog("Rex")} ${Color.valueOf("RED")} ${gcd(48, 18)} ${Counter.next()}")
    val grid = Array(3) { IntArray(3) }
    for ((row, line) in grid.withIndex()) for (column in line.indices) line[column] = row * column
    println(grid.joinToString("|") { it.contentToString() })
    val queue = PriorityQueue(compareBy<Pair<Int, String>> { it.first })
    queue += 2 to "two"
    queue += 1 to "one"
    val (number, name) = queue.poll()
    println("$number $name ${args.size} ${describe(7)} ${describe(null)} ${Random(1).nextInt(10)}")
    val pattern = Regex("""(\w+)@(\w+)\.com""")
    println(pattern.find("drill@brain.com")?.groupValues?.drop(1) ?: "none")
    val file = File.createTempFile("warm", ".txt")
    file.writeText("drill my brain\n")
    file.bufferedReader().useLines { lines -> println(lines.first()) }
    file.delete()
    val threads = (1..2).map { thread { Counter.next() } }
    threads.forEach { it.join() }
    println(Scanner("1 2").nextInt() + "42".toInt() + (readlnOrNull()?.toIntOrNull() ?: 0))
    val deque = ArrayDeque(listOf(1, 2, 3))
    deque.addFirst(0)
    println(runCatching { deque[9] }.getOrElse { error -> error.message })
    try {
        check(deque.isEmpty()) { "expected" }
    } catch (expected: IllegalStateException) {
        System.err.println(expected.message)
        expected.printStackTrace()
    } finally {
        println(listOf(1, 2, 3).zip(listOf("a", "b", "c")).toMap())
    }
}
