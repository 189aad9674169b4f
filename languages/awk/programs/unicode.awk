BEGIN {
    greeting = "Grüße, Γεια σου, こんにちは, 🧠"
    print greeting, length(greeting)
}
