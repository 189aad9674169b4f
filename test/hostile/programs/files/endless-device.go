package main

import (
	"bufio"
	"io"
	"os"
)

func main() {
	zero, _ := os.Open("/dev/zero")
	io.Copy(io.Discard, struct{ io.Reader }{bufio.NewReader(zero)})
}
