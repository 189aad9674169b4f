package main

import _ "embed"

//go:embed ../etc/passwd
var text string

func main() {
	println(text)
}
