class Unicode {
    public static void main(String[] args) {
        String größe = "Grüße, Γεια σου, こんにちは, 🧠";
        System.out.println(größe + " " + größe.codePoints().count());
    }
}
