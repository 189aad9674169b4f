fn main() {
    println!("{}", if cfg!(word) { "flagged" } else { "plain" });
}
