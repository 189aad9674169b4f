object Arithmetic extends App:
  val limit = 100_000
  val composite = new Array[Boolean](limit)
  val primes = (2 until limit).filter: n =>
    if !composite(n) then for multiple <- n.toLong * n until limit by n do composite(multiple.toInt) = true
    !composite(n)
  println(s"${primes.size} ${primes.map(_.toLong).sum}")
