import std/unicode

let größe = "Grüße, Γεια σου, こんにちは, 🧠"
echo größe, " ", größe.runeLen
