package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	long := strings.Repeat("n", 255)
	for _, name := range []string{"...", "..x", " ", "line\nfeed", "-rf", "\"quoted\"", "e\u0301", "back\\slash", long, "C:", "~", "*"} {
		if err := os.WriteFile(name, []byte("mine\n"), 0o644); err != nil {
			fmt.Println("lost:", err)
		}
	}
	fmt.Println("held")
}
