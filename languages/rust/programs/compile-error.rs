fn main() {
    nothing
}
