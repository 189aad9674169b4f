void main() {
    var greeting = "Grüße, Γεια σου, こんにちは, 🧠";
    stdout.printf("%s %d\n", greeting, greeting.char_count());
}
