package main

import "fmt"

func main() {
	for number := range 100_000 {
		fmt.Println("line", number)
	}
}
