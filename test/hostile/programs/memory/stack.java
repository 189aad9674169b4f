class Stack {
    static int deeper(int level) { return deeper(level + 1) + 1; }
    public static void main(String[] args) { System.out.println(deeper(0)); }
}
