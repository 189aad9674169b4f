fun main() {
    val größe = "Grüße, Γεια σου, こんにちは, 🧠"
    println("$größe ${größe.codePointCount(0, größe.length)}")
}
