import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

public class Main {
    sealed interface Shape permits Circle, Square {}
    record Circle(double radius) implements Shape {}
    record Square(double side) implements Shape {}
    enum Color { RED, GREEN }
    static abstract class Animal { abstract String sound(); }
    static class Dog extends Animal { @Override String sound() { return "woof"; } }

    static double area(Shape shape) {
        return switch (shape) {
            case Circle(double radius) -> Math.PI * radius * radius;
            case Square(double side) -> side * side;
        };
    }

    static <T extends Comparable<T>> T largest(List<T> items) {
        T best = items.get(0);
        for (T item : items) if (item.compareTo(best) > 0) best = item;
        return best;
    }

    public static void main(String[] args) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : "to be or not to be".split(" ")) counts.merge(word, 1, Integer::sum);
        System.out.println(new TreeMap<>(counts));
        System.out.printf("%.2f %s %d%n", area(new Circle(2)), Color.valueOf("RED"), largest(List.of(3, 1, 2)));
        System.out.println(IntStream.rangeClosed(1, 10).boxed().filter(n -> n % 2 == 0)
            .map(n -> n * n).collect(Collectors.groupingBy(n -> n % 3, Collectors.toList())));
        System.out.println(String.format("%5d|%-5s|", 42, "x") + String.join(",", new ArrayList<>(List.of("a", "b"))));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) text.append(i).append(' ');
        System.out.println(text.reverse().length() + " " + new Dog().sound() + " " + Optional.of(1).map(n -> n + 1));
        var queue = new PriorityQueue<Integer>(List.of(5, 3, 4));
        var deque = new ArrayDeque<Integer>(new HashSet<>(Arrays.asList(1, 2)));
        System.out.println(queue.poll() + deque.pollFirst() + new Random(1).nextInt(10));
        try (var executor = Executors.newFixedThreadPool(2)) {
            System.out.println(executor.submit(() -> 6 * 7).get());
        }
        var shared = new ConcurrentHashMap<String, Integer>();
        Thread thread = new Thread(() -> shared.put("k", 1));
        thread.start();
        thread.join();
        System.out.println(CompletableFuture.supplyAsync(() -> 1).thenApply(n -> n + 1).join() + shared.get("k"));
        Path file = Files.createTempFile("main", ".txt");
        Files.writeString(file, "drill my brain\n");
        System.out.println(Files.readAllLines(file));
        Files.delete(file);
        System.out.println(new Scanner("1 2 3").nextInt());
        System.out.println(new BufferedReader(new InputStreamReader(System.in)).readLine());
        Function<Integer, Integer> twice = n -> n * 2;
        int[] numbers = {3, 1, 2};
        Arrays.sort(numbers);
        System.out.println(twice.apply(4) + Arrays.toString(numbers) + "abc".chars().sum() + "äöü😀".toUpperCase());
        try {
            throw new IllegalStateException("expected");
        } catch (IllegalStateException expected) {
            expected.printStackTrace();
        }
    }
}
