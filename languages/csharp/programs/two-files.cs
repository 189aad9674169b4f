using System;

class TwoFiles {
    static void Main() => Console.WriteLine(Helper.Twice(21));
}
