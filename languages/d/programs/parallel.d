import core.thread;
import std.algorithm : map, sum;
import std.conv : to;
import std.file : dirEntries, mkdir, readText, SpanMode, tempDir, write;
import std.path : buildPath;
import std.stdio : writeln;

void main() {
    auto folder = tempDir.buildPath("squares");
    folder.mkdir;
    auto group = new ThreadGroup;
    foreach (n; 0 .. 8) {
        // Each thread has an n of its own.
        (int n) {
            group.create(() => folder.buildPath(n.to!string).write((n * n).to!string));
        }(n);
    }
    group.joinAll;
    writeln(folder.dirEntries(SpanMode.shallow).map!(file => file.readText.to!int).sum);
}
