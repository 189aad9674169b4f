class EndlessLoop {
    public static void main(String[] args) {
        while (true);
    }
}
