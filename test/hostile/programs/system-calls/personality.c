#define _GNU_SOURCE
#include <stdio.h>
#include <sys/personality.h>

int main(void) {
  int lost = personality(ADDR_NO_RANDOMIZE) >= 0 || personality(READ_IMPLIES_EXEC) >= 0 || personality(PER_LINUX32) >= 0;
  puts(lost ? "lost: a personality" : "held");
}
