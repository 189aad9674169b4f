using System;
using System.Collections.Generic;
using System.Linq;

class Arithmetic {
    const int Limit = 100_000;

    static IEnumerable<long> Primes() {
        var composite = new bool[Limit];
        for (long n = 2; n < Limit; n++) {
            if (composite[n]) continue;
            yield return n;
            for (var multiple = n * n; multiple < Limit; multiple += n) composite[multiple] = true;
        }
    }

    static void Main() {
        var primes = Primes().ToList();
        Console.WriteLine($"{primes.Count} {primes.Sum()}");
    }
}
