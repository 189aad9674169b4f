class EndlessLoop {
    static void Main() {
        while (true) {}
    }
}
