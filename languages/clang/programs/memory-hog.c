#include <stdlib.h>
#include <string.h>

static void *volatile latest;

int main(void) {
  for (;;) {
    void *block = malloc(1 << 20);
    if (block) latest = memset(block, 1, 1 << 20);
  }
}
