größe = "Grüße, Γεια σου, こんにちは, 🧠"
IO.puts("#{größe} #{String.length(größe)}")
