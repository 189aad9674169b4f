public class BrainDrill {
    public static void main(String[] args) {
        System.out.println("drill my brain");
    }
}
