package main

import (
	"fmt"
	"unicode/utf8"
)

func main() {
	größe := "Grüße, Γεια σου, こんにちは, 🧠"
	fmt.Println(größe, utf8.RuneCountInString(größe))
}
