package main

import "fmt"

const limit = 100_000

func main() {
	var composite [limit]bool
	count, sum := 0, 0
	for n := 2; n < limit; n++ {
		if composite[n] {
			continue
		}
		count++
		sum += n
		for multiple := n * n; multiple < limit; multiple += n {
			composite[multiple] = true
		}
	}
	fmt.Println(count, sum)
}
