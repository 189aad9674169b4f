class Threads {
    public static void main(String[] args) throws Exception {
        while (true) {
            try {
                Thread.ofPlatform().start(() -> { while (true) Thread.yield(); });
            } catch (Throwable full) {
                Thread.sleep(1);
            }
        }
    }
}
