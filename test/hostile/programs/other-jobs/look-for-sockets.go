package main

import (
	"fmt"
	"net"
	"os"
	"strings"
)

func main() {
	lost := false
	for _, place := range [][2]string{{"unix", "@hostile"}, {"unix", "/tmp/hostile"}, {"tcp", "127.0.0.1:4321"}, {"tcp", "[::1]:4321"}} {
		if _, err := net.Dial(place[0], place[1]); err == nil {
			lost = true
			fmt.Println("lost:", place)
		}
	}
	for _, table := range []string{"tcp", "tcp6", "udp", "udp6", "unix", "raw"} {
		text, err := os.ReadFile("/proc/net/" + table)
		if err == nil && len(strings.Split(strings.TrimSpace(string(text)), "\n")) > 1 && table != "unix" {
			lost = true
			fmt.Println("lost:", string(text))
		}
		if strings.Contains(string(text), "hostile") {
			lost = true
			fmt.Println("lost: in the table")
		}
	}
	if _, err := net.Listen("unix", "@hostile"); err != nil {
		lost = true
		fmt.Println("lost: its name is taken")
	}
	if !lost {
		fmt.Println("held")
	}
}
