fn main() {
    println!("drill my brain");
}
