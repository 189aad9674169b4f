class EmptyStdin {
    public static void main(String[] args) throws Exception {
        System.out.println("read " + System.in.readAllBytes().length + " characters");
    }
}
