using System;
using System.Globalization;

class Unicode {
    static void Main() {
        var größe = "Grüße, Γεια σου, こんにちは, 🧠";
        Console.WriteLine($"{größe} {new StringInfo(größe).LengthInTextElements}");
    }
}
