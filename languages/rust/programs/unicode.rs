fn main() {
    let größe = "Grüße, Γεια σου, こんにちは, 🧠";
    println!("{größe} {}", größe.chars().count());
}
