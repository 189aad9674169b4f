import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

public class Main {
    public static void main(String[] args) throws Exception {
        System.out.println(CSVParser.parse("1,\"x, y\"\n", CSVFormat.DEFAULT).getRecords().get(0).get(1));
    }
}
