import java.util.ArrayList;

class MemoryHog {
    public static void main(String[] args) {
        var hoard = new ArrayList<int[]>();
        while (true) hoard.add(new int[10_000]);
    }
}
