import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

public class Main {
    sealed interface Shape permits Circle, Square {}
    record Circle(double radius) implements Shape {}
    record Square(double side) implements Shape {}
    enum Color { RED, GREEN }

    static <T extends Comparable<T>> T max(List<T> all) {
        T best = all.get(0);
        for (T one : all) if (one.compareTo(best) > 0) best = one;
        return best;
    }

    static double area(Shape shape) {
        return switch (shape) {
            case Circle circle -> Math.PI * circle.radius() * circle.radius();
            case Square square -> square.side() * square.side();
        };
    }

    public static void main(String[] args) throws Exception {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        System.out.println(reader.readLine());
        System.out.println(new Scanner(System.in).hasNext());
        Map<String, Integer> counts = new HashMap<>();
        for (String word : "to be or not to be".split(" ")) counts.merge(word, 1, Integer::sum);
        System.out.println(new TreeMap<>(counts) + " " + new HashSet<>(counts.keySet()).size());
        System.out.println(IntStream.rangeClosed(1, 9).boxed().collect(Collectors.groupingBy(n -> n % 3)));
        PriorityQueue<Integer> queue = new PriorityQueue<>(List.of(3, 1, 2));
        System.out.printf("%d %.2f %s%n", queue.poll(), area(new Circle(2)), Color.RED);
        System.out.println(max(new ArrayList<>(List.of(4, 8, 6))) + " " + new ArrayDeque<>(List.of(1)).peek());
        System.out.println(new Random(1).nextInt(9) + " " + String.format("%5s|", "text").toUpperCase());
        StringBuilder text = new StringBuilder("""
            lines
            """);
        System.out.println(text.reverse());
        try (var pool = Executors.newFixedThreadPool(2)) {
            System.out.println(pool.submit(() -> 1).get() + CompletableFuture.supplyAsync(() -> 2, pool).get());
        }
        try {
            throw new IllegalStateException("no");
        } catch (IllegalStateException error) {
            System.err.println(error);
            error.printStackTrace();
        }
    }
}
