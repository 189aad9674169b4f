import java.nio.file.Files
import java.util.concurrent.Executors

def folder = Files.createTempDirectory('squares')
def threads = Executors.newFixedThreadPool(8)
def files = (0..<8).collect { n -> threads.submit({ Files.writeString(folder.resolve("$n"), "${n * n}") } as java.util.concurrent.Callable) }
println files.sum { Files.readString(it.get()) as int }
threads.shutdown()
