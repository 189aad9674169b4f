fun main() {
    System.err.println("only a warning")
}
