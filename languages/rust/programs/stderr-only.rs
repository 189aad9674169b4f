fn main() {
    eprintln!("only a warning");
}
