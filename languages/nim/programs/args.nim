import std/os

let args = commandLineParams()
echo args.len, " ", args[^1]
