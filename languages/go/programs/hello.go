package main

import "fmt"

func main() {
	fmt.Println("drill my brain")
}
