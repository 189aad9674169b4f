package main

import (
	"errors"
	"fmt"
	"net"
	"syscall"
)

func main() {
	for _, address := range []string{"192.0.2.1:53", "198.51.100.1:123", "203.0.113.1:443"} {
		if _, err := net.Dial("udp", address); !errors.Is(err, syscall.ENETUNREACH) {
			fmt.Println("lost:", address, err)
			return
		}
	}
	fmt.Println("held")
}
