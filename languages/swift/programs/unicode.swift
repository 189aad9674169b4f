let größe = "Grüße, Γεια σου, こんにちは, 🧠"
print(größe, größe.count)
