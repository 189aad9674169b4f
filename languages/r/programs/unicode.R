größe <- "Grüße, Γεια σου, こんにちは, 🧠"
cat(größe, nchar(größe), fill = 100)
