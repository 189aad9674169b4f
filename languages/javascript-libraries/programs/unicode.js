const größe = "Grüße, Γεια σου, こんにちは, 🧠";
console.log(größe, [...größe].length);
