use std::env;

fn main() {
    let first = env::args().nth(1);
    println!("{}", first.expect("no argument"));
}
