package main

var bomb = [1 << 40]byte{1<<40 - 1: 1}

func main() {
	println(bomb[0])
}
