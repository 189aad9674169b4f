größe="Grüße, Γεια σου, こんにちは, 🧠"
echo "$größe ${#größe}"
