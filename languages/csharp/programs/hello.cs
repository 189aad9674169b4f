using System;

class Hello {
    static void Main() => Console.WriteLine("drill my brain");
}
