@main def compileFlags(): Unit =
  val letters = List("f", "l", "a", "g", "g", "e", "d")
  println((letters mkString) + "")
