import std/os

let numbers = @[1, 2, 3]
echo numbers[3 + paramCount()]
