#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  static char block[1 << 16];
  long kept = 0;
  int ends[2];
  while (pipe2(ends, O_NONBLOCK) == 0) {
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    for (ssize_t put; (put = write(ends[1], block, sizeof block)) > 0;) kept += put;
  }
  puts(kept <= 128L << 20 ? "held" : "lost: more in pipes than there is memory");
}
