set größe "Grüße, Γεια σου, こんにちは, 🧠"
puts "${größe} [string length ${größe}]"
