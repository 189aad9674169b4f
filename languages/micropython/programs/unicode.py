greeting = "Grüße, Γεια σου, こんにちは, 🧠"
print(greeting, len(greeting))
