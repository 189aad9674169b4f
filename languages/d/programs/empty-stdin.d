import std.stdio;

void main() {
    size_t count;
    foreach (chunk; stdin.byChunk(4096)) count += chunk.length;
    writefln("read %s characters", count);
}
