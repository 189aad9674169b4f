package main

type T0 [1000]struct{ a, b, c, d int }
type T1 [1000]T0
type T2 [1000]T1
type T3 struct{ a, b, c, d T2 }

var bomb = T3{}

func main() {
	copied := bomb
	println(copied.a[0][0][0].a)
}
