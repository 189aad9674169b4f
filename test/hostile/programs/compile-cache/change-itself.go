package main

import (
	"fmt"
	"os"
)

// Round ROUND: says another package's name, and what the linker was told.
var told = "held"

func main() {
	if _, err := os.Stat("left"); err == nil {
		fmt.Println("lost: a file of an earlier run")
	}
	os.WriteFile("left", nil, 0o644)
	os.Remove("main")
	os.WriteFile("main", []byte("lost"), 0o755)
	fmt.Println(told)
}
