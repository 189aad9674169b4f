@main def compileError(): Unit = println(nothing)
