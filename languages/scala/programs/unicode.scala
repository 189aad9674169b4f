@main def unicode(): Unit =
  val größe = "Grüße, Γεια σου, こんにちは, 🧠"
  println(s"$größe ${größe.codePointCount(0, größe.length)}")
