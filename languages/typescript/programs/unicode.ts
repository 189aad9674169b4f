const größe: string = "Grüße, Γεια σου, こんにちは, 🧠";
console.log(größe, [...größe].length);
