using System;

class Arguments {
    static void Main(string[] args) => Console.WriteLine(args.Length + " " + args[args.Length - 1]);
}
