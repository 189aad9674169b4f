package main

import "fmt"

var word = "plain"

func main() {
	fmt.Println(word)
}
