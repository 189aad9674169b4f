greeting = "Grüße, Γεια σου, こんにちは, 🧠";
printf("%s %d\n", greeting, columns(unicode2native(greeting, "utf-32le")) / 4);
