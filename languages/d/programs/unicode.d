import std.range : walkLength;
import std.stdio;

void main() {
    auto größe = "Grüße, Γεια σου, こんにちは, 🧠";
    writeln(größe, " ", größe.walkLength);
}
