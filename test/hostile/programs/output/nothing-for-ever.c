#define _GNU_SOURCE
#include <unistd.h>

int main(void) {
  for (;;) write(1, "", 0);
}
