text='Grüße, Γεια σου, こんにちは, 🧠'
echo "$text ${#text}"
