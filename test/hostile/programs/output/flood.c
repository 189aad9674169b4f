#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

int main(void) {
  static char block[1 << 20];
  memset(block, 'x', sizeof block);
  for (;;) write(1, block, sizeof block);
}
