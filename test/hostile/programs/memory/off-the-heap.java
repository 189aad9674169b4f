import java.nio.file.*;

class OffHeap {
    public static void main(String[] args) throws Exception {
        byte[] block = new byte[1 << 20];
        try (var file = Files.newOutputStream(Path.of("/tmp/large"))) {
            while (true) file.write(block);
        }
    }
}
