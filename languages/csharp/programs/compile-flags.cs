class Flags {
    static void Main() {
#if WORD
        System.Console.WriteLine("flagged");
#else
        System.Console.WriteLine("plain");
#endif
    }
}
