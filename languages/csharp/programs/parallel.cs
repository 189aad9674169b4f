using System;
using System.IO;
using System.Linq;
using System.Threading;

class Parallel {
    static void Main() {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "squares")).FullName;
        var threads = Enumerable.Range(0, 8)
            .Select(n => new Thread(() => File.WriteAllText(Path.Combine(folder, $"{n}"), $"{n * n}")))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine(Directory.GetFiles(folder).Sum(file => int.Parse(File.ReadAllText(file))));
    }
}
