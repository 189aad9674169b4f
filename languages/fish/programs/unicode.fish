set greeting "Grüße, Γεια σου, こんにちは, 🧠"
echo $greeting (string length $greeting)
