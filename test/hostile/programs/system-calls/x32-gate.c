#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  puts(syscall(0x40000000 | 39) > 0 ? "lost: the x32 gate answers" : "held");
}
