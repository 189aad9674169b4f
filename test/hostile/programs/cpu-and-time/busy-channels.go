package main

func main() {
	ring := make([]chan int, 1000)
	for i := range ring {
		ring[i] = make(chan int)
	}
	for i := range ring {
		go func() {
			for n := range ring[i] {
				ring[(i+1)%len(ring)] <- n
			}
		}()
	}
	ring[0] <- 1
	select {}
}
