package main

func deeper(level [64]int) int {
	level[0]++
	return deeper(level) + level[1]
}

func main() {
	println(deeper([64]int{}))
}
