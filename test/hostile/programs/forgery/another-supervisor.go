package main

import (
	"fmt"
	"os"
)

func main() {
	lost := []string{}
	try := func(what string, err error) {
		if err == nil {
			lost = append(lost, what)
		}
	}
	try("remove", os.Remove("/supervisor"))
	try("rename", os.Rename("/supervisor", "/tmp/supervisor"))
	try("write", os.WriteFile("/supervisor", []byte("x"), 0o755))
	try("chmod", os.Chmod("/supervisor", 0o777))
	try("link over", os.Symlink("/tmp/x", "/supervisor"))
	try("link", os.Link("/supervisor", "/tmp/supervisor"))
	if len(lost) == 0 {
		fmt.Println("held")
	} else {
		fmt.Println("lost:", lost)
	}
}
