#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void) {
  int ends[2], file = open("/etc/passwd", O_RDONLY);
  char byte = 0;
  struct iovec data = {&byte, 1};
  loff_t start = 0;
  pipe(ends);
  int lost = splice(file, &start, ends[1], NULL, 1, 0) >= 0 || vmsplice(ends[1], &data, 1, 0) >= 0 || tee(ends[0], ends[1], 1, 0) >= 0;
  puts(lost ? "lost: a page of a file in a pipe" : "held");
}
