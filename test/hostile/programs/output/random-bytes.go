package main

import (
	"crypto/rand"
	"os"
)

func main() {
	block := make([]byte, 1000)
	for {
		rand.Read(block)
		os.Stdout.Write(block)
	}
}
