class StderrOnly {
    public static void main(String[] args) {
        System.err.println("only a warning");
    }
}
