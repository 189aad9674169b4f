import std.stdio;

void main() {
    writeln("drill my brain");
}
