package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

func main() {
	folder, err := os.MkdirTemp("", "squares")
	if err != nil {
		panic(err)
	}
	var group sync.WaitGroup
	for n := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			os.WriteFile(filepath.Join(folder, fmt.Sprint(n)), []byte(fmt.Sprint(n*n)), 0o600)
		}()
	}
	group.Wait()

	sum := 0
	for n := range 8 {
		text, _ := os.ReadFile(filepath.Join(folder, fmt.Sprint(n)))
		var square int
		fmt.Sscan(string(text), &square)
		sum += square
	}
	fmt.Println(sum)
}
