using System.Collections.Generic;
using System.Linq;

class MemoryHog {
    static void Main() {
        var hoard = new List<int[]>();
        while (true) hoard.Add(Enumerable.Range(0, 10_000).ToArray());
    }
}
