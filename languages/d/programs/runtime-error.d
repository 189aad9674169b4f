import std.exception : enforce;

void main(string[] arguments) {
    enforce(arguments.length == 2, "no argument");
}
