class LargeOutput {
    public static void main(String[] args) {
        for (int number = 0; number < 100_000; number++) System.out.println("line " + number);
    }
}
