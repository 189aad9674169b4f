class Spin {
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < 64; i++) {
            Thread.ofPlatform().daemon().start(() -> { while (true) Thread.onSpinWait(); });
        }
        Thread.currentThread().join();
    }
}
