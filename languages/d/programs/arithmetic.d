import std.algorithm : filter, sum;
import std.array : array;
import std.range : iota;
import std.stdio;

enum limit = 100_000L;

void main() {
    auto composite = new bool[limit];
    foreach (n; 2 .. limit) {
        if (composite[n]) continue;
        foreach (multiple; iota(n * n, limit, n)) composite[multiple] = true;
    }
    auto primes = iota(2, limit).filter!(n => !composite[n]).array;
    writeln(primes.length, " ", primes.sum);
}
