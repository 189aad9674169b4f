größe = "Grüße, Γεια σου, こんにちは, 🧠"
print(größe, len(größe))
