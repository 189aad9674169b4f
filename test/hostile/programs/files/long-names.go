package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	made := 0
	for os.WriteFile(fmt.Sprint("/tmp/", strings.Repeat("n", 240), made), nil, 0o600) == nil {
		made++
	}
	if made <= 4096 {
		fmt.Println("held")
	} else {
		fmt.Println("lost:", made)
	}
}
