using System;

class EmptyStdin {
    static void Main() => Console.WriteLine($"read {Console.In.ReadToEnd().Length} characters");
}
