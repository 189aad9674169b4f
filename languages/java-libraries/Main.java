import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.collections4.CollectionUtils;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

public class Main {
    record Point(int x, int y) {}

    public static class Person {
        public String name = "Ada";
        public int age = 36;
    }

    public static void main(String[] args) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : "to be or not to be".split(" ")) counts.merge(word, 1, Integer::sum);
        System.out.println(new TreeMap<>(counts));
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 10; i++) points.add(new Point(i, counts.size()));
        System.out.println(points.stream().filter(p -> p.x() % 2 == 0).map(p -> p + ";").collect(Collectors.joining()));
        System.out.printf("%d %s%n", points.size(), switch (points.size()) { case 10 -> "ten"; default -> "some"; });

        System.out.println(new Gson().toJson(counts) + new Gson().fromJson("{\"age\": 3}", Person.class).age);
        System.out.println(new ObjectMapper().writeValueAsString(new Person()));
        System.out.println(new ObjectMapper().readValue("{\"name\": \"Eve\"}", Person.class).name);
        System.out.println(Joiner.on(", ").join(ImmutableList.of(1, 2)) + StringUtils.capitalize("word"));
        System.out.println(CollectionUtils.union(List.of(1, 2), List.of(2, 3)));
        System.out.println(CSVParser.parse("a,b\n1,2\n", CSVFormat.DEFAULT).getRecords().size());
        System.out.println(new DescriptiveStatistics(new double[] {1, 2, 3}).getMean());
    }
}
