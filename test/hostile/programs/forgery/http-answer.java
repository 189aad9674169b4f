class Answer {
    public static void main(String[] args) {
        System.out.print("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
    }
}
