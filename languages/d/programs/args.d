import std.stdio;

void main(string[] args) {
    writeln(args.length - 1, " ", args[$ - 1]);
}
