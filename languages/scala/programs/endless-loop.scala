@main def endlessLoop(): Unit = while true do ()
