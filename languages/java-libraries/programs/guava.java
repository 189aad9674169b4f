import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;

public class Main {
    public static void main(String[] args) {
        System.out.println(Joiner.on('|').join(Splitter.on(',').trimResults().split("a, b")) + " "
            + Lists.partition(ImmutableList.of(1, 2, 3), 2));
    }
}
