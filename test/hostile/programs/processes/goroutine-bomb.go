package main

import "runtime"

func main() {
	for {
		go func() {
			block := make([]byte, 1<<20)
			for i := range block {
				block[i] = 1
			}
			<-make(chan int)
			runtime.KeepAlive(block)
		}()
		runtime.Gosched()
	}
}
