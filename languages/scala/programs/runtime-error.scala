package drill

def ratio(a: Int, b: Int): Int = a / b

@main def runtimeError(): Unit = println(ratio(1, 0))
