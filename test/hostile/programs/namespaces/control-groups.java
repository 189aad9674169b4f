import java.io.IOException;
import java.nio.file.*;
import java.util.List;

class Groups {
    public static void main(String[] args) throws Exception {
        var lost = new StringBuilder();
        try (var files = Files.walk(Path.of("/sys/fs/cgroup"), 3)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!List.of("cgroup.procs", "tasks", "release_agent", "notify_on_release", "memory.limit_in_bytes", "memory.max",
                    "cpu.max", "cpu.cfs_quota_us", "pids.max", "devices.allow", "cgroup.subtree_control").contains("" + file.getFileName())) continue;
                try {
                    Files.writeString(file, "1", StandardOpenOption.WRITE);
                    lost.append(file).append(' ');
                } catch (IOException refused) {
                }
            }
        }
        try {
            Files.createDirectory(Path.of("/sys/fs/cgroup/memory/mine"));
            lost.append("a group of its own");
        } catch (IOException refused) {
        }
        System.out.println(lost.isEmpty() ? "held" : "lost: " + lost);
    }
}
