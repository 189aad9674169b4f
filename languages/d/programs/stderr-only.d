import std.stdio;

void main() {
    stderr.writeln("only a warning");
}
