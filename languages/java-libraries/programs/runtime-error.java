class RuntimeError {
    static int ratio(int a, int b) {
        return a / b;
    }

    public static void main(String[] args) {
        System.out.println(ratio(1, 0));
    }
}
