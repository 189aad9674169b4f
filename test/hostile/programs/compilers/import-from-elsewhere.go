package main

import (
	_ "../../etc"
	_ "example.test/nothing"
)

func main() {}
