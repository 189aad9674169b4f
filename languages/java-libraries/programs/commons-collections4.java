import java.util.List;
import java.util.TreeMap;
import org.apache.commons.collections4.CollectionUtils;

public class Main {
    public static void main(String[] args) {
        System.out.println(CollectionUtils.intersection(List.of(1, 2), List.of(2, 3)) + " "
            + new TreeMap<>(CollectionUtils.getCardinalityMap(List.of("a", "b", "a"))));
    }
}
