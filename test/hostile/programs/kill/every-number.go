package main

import (
	"fmt"
	"os"
	"syscall"
)

func main() {
	reached := 0
	for pid := 2; pid < 100_000; pid++ {
		if pid == os.Getpid() {
			continue
		}
		if syscall.Kill(pid, syscall.SIGCONT) == nil {
			reached++
		}
	}
	// Its own threads answer to their numbers, too.
	threads, _ := os.ReadDir("/proc/self/task")
	if reached < len(threads) {
		fmt.Println("held")
	} else {
		fmt.Println("lost: reached", reached, "processes, has", len(threads), "threads")
	}
}
