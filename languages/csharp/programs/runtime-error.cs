using System;

class RuntimeError {
    static int Ratio(int a, int b) => a / b;

    static void Main(string[] arguments) => Console.WriteLine(Ratio(1, arguments.Length));
}
