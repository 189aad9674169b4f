import std/[os, strutils]

let folder = getTempDir() / "squares"

proc square(work: (string, int)) {.thread.} =
  let (file, n) = work
  writeFile(file, $(n * n))

createDir folder
var threads: array[8, Thread[(string, int)]]
for n in 0 ..< 8: createThread(threads[n], square, (folder / $n, n))
joinThreads threads
var sum = 0
for file in walkFiles(folder / "*"): sum += file.readFile.parseInt
echo sum
