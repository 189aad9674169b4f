local greeting = "Grüße, Γεια σου, こんにちは, 🧠"
print(greeting .. " " .. utf8.len(greeting))
