package main

import (
	"fmt"
	"net"
	"os"
)

func main() {
	places := []string{"/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock",
		"/run/dbus/system_bus_socket", "/run/systemd/private", "/run/snapd.socket", "/var/lib/docker", "/run/secrets", "/.dockerenv/x"}
	lost := false
	for _, place := range places {
		if _, err := net.Dial("unix", place); err == nil {
			lost = true
			fmt.Println("lost:", place)
		}
		if _, err := os.ReadDir(place); err == nil {
			lost = true
			fmt.Println("lost:", place)
		}
	}
	if !lost {
		fmt.Println("held")
	}
}
