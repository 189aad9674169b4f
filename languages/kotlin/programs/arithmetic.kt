fun main() {
    val limit = 100_000
    val composite = BooleanArray(limit)
    val primes = (2 until limit).filter { n ->
        if (!composite[n]) for (multiple in n.toLong() * n until limit step n.toLong()) composite[multiple.toInt()] = true
        !composite[n]
    }
    println("${primes.size} ${primes.sumOf { it.toLong() }}")
}
