#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
  const int protocols[] = {IPPROTO_ICMP, IPPROTO_RAW, IPPROTO_TCP, IPPROTO_UDP};
  for (int i = 0; i < 4; i++)
    if (socket(AF_INET, SOCK_RAW, protocols[i]) >= 0) puts("lost: a raw socket");
  struct sockaddr_in to = {.sin_family = AF_INET};
  inet_pton(AF_INET, "192.0.2.1", &to.sin_addr);
  const char echo[8] = {8};
  int ping = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
  if (ping >= 0 && sendto(ping, echo, 8, 0, (struct sockaddr *)&to, sizeof to) >= 0) puts("lost: an echo request");
  puts("held");
}
