@main def emptyStdin(): Unit = println(s"read ${System.in.readAllBytes().length} characters")
