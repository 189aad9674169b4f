import std.stdio;

void main() {
    version (Word) writeln("flagged");
    else writeln("plain");
}
