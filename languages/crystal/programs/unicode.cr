greeting = "Grüße, Γεια σου, こんにちは, 🧠"
puts "#{greeting} #{greeting.size}"
