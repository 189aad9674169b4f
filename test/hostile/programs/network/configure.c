#define _GNU_SOURCE
#include <arpa/inet.h>
#include <net/if.h>
#include <net/route.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int main(void) {
  int any = socket(AF_INET, SOCK_DGRAM, 0);
  struct ifreq interface = {0};
  struct sockaddr_in *address = (struct sockaddr_in *)&interface.ifr_addr;
  strcpy(interface.ifr_name, "lo");
  address->sin_family = AF_INET;
  inet_pton(AF_INET, "192.0.2.7", &address->sin_addr);
  int lost = ioctl(any, SIOCSIFADDR, &interface) == 0;
  interface.ifr_flags = IFF_UP | IFF_PROMISC;
  lost |= ioctl(any, SIOCSIFFLAGS, &interface) == 0;
  struct rtentry route = {.rt_flags = RTF_UP, .rt_dev = "lo"};
  route.rt_dst.sa_family = route.rt_genmask.sa_family = AF_INET;
  lost |= ioctl(any, SIOCADDRT, &route) == 0;
  lost |= setsockopt(any, SOL_SOCKET, SO_BINDTODEVICE, "eth0", 5) == 0;
  puts(lost ? "lost: the network was changed" : "held");
}
