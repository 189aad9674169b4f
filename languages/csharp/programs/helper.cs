static class Helper {
    public static int Twice(int x) => 2 * x;
}
