class Flood {
    public static void main(String[] args) {
        while (true) System.out.print("flood ".repeat(1000));
    }
}
