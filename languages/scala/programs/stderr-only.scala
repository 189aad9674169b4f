@main def stderrOnly(): Unit = Console.err.println("only a warning")
