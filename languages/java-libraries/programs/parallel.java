import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

class Parallel {
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("squares");
        var tasks = new ArrayList<Callable<Path>>();
        for (int i = 0; i < 8; i++) {
            int n = i;
            tasks.add(() -> Files.writeString(folder.resolve("" + n), "" + n * n));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            int sum = 0;
            for (var file : threads.invokeAll(tasks)) sum += Integer.parseInt(Files.readString(file.get()));
            System.out.println(sum);
        }
    }
}
