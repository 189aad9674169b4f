import kotlin.concurrent.thread
import kotlin.io.path.createTempDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readText
import kotlin.io.path.writeText

fun main() {
    val folder = createTempDirectory("squares")
    val threads = List(8) { n -> thread { folder.resolve("$n").writeText("${n * n}") } }
    threads.forEach { it.join() }
    println(folder.listDirectoryEntries().sumOf { it.readText().toInt() })
}
