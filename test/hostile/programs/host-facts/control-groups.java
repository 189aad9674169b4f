import java.nio.file.*;

class Groups {
    public static void main(String[] args) throws Exception {
        boolean lost = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            String path = line.substring(line.lastIndexOf(':') + 1);
            if (!path.equals("/")) {
                System.out.println("lost: " + line);
                lost = true;
            }
        }
        if (!lost) System.out.println("held");
    }
}
