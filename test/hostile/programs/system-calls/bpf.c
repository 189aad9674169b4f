#define _GNU_SOURCE
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  for (int command = 0; command < 40; command++) {
    char attributes[128] = {1, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1};
    if (syscall(SYS_bpf, command, attributes, sizeof attributes) >= 0) printf("lost: bpf %d\n", command);
  }
  puts("held");
}
