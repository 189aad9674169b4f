import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What programs are made of, so that the compiler has seen it once. It prints nothing and leaves nothing. */
public class Warm {
    record Point(int x, int y) {}

    interface Shape { double area(); }

    static class Circle implements Shape {
        private final double radius;
        Circle(double radius) { this.radius = radius; }
        @Override public double area() { return Math.PI * radius * radius; }
    }

    public static void main(String[] args) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : "to be or not to be".split(" ")) counts.merge(word, 1, Integer::sum);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 10; i++) points.add(new Point(i, counts.size()));
        String text = points.stream().filter(p -> p.x() % 2 == 0).map(p -> p + ";").collect(Collectors.joining());
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        nowhere.println(text + new Circle(2).area());
        nowhere.printf("%d %s%n", points.size(), switch (points.size()) { case 10 -> "ten"; default -> "some"; });
    }
}
