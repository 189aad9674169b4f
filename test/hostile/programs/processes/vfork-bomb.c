#define _GNU_SOURCE
#include <unistd.h>

int main(void) {
  char *self[] = {"main", NULL};
  for (;;)
    if (vfork() == 0) {
      execv("./main", self);
      _exit(1);
    }
}
