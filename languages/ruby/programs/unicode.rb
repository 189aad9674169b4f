größe = "Grüße, Γεια σου, こんにちは, 🧠"
puts "#{größe} #{größe.length}"
