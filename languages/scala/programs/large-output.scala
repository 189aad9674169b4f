@main def largeOutput(): Unit = for number <- 0 until 100_000 do println(s"line $number")
