package main

func main() {
	return nothing
}
