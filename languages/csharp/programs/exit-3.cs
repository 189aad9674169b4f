using System;

class Exit3 {
    static int Main() {
        Console.WriteLine("leaving");
        return 3;
    }
}
