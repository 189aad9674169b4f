#define _GNU_SOURCE
#include <stdio.h>
#include <sys/socket.h>

int main(void) {
  static char block[1 << 16];
  long kept = 0;
  int ends[2], largest = 1 << 30;
  while (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0) {
    setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &largest, sizeof largest);
    for (ssize_t put; (put = send(ends[0], block, sizeof block, MSG_DONTWAIT)) > 0;) kept += put;
  }
  puts(kept <= 128L << 20 ? "held" : "lost: more in sockets than there is memory");
}
