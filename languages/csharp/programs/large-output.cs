using System;

class LargeOutput {
    static void Main() {
        for (var number = 0; number < 100_000; number++) Console.WriteLine($"line {number}");
    }
}
