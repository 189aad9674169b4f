#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
  char *memory = aligned_alloc(4096, 1 << 20);
  memset(memory, 1, 1 << 20);
  int lost = mlock(memory, 1 << 20) == 0 || mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
  puts(lost ? "lost: more than 64 KiB were locked" : "held");
}
