@main def hello(): Unit = println("drill my brain")
