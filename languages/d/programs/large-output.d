import std.stdio;

void main() {
    foreach (number; 0 .. 100_000) writeln("line ", number);
}
