import org.apache.commons.lang3.StringUtils;

public class Main {
    public static void main(String[] args) {
        System.out.println(StringUtils.center("x", 5, '-') + " " + StringUtils.reverse("hello"));
    }
}
