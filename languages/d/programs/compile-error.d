import std.stdio;

void main() {
    writeln(nothing);
}
