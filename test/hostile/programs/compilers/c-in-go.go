package main

// #cgo CFLAGS: -fplugin=/tmp/plugin.so
// int one(void) { return 1; }
import "C"

func main() {
	println(C.one())
}
