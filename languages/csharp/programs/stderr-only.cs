using System;

class StderrOnly {
    static void Main() => Console.Error.WriteLine("only a warning");
}
