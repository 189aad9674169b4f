import com.fasterxml.jackson.databind.ObjectMapper;

public class Main {
    record Point(int x, int y) {}

    public static void main(String[] args) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        System.out.println(mapper.writeValueAsString(new Point(1, 2)) + " "
            + mapper.readTree("{\"list\": [1, 2, 3]}").get("list").get(2));
    }
}
