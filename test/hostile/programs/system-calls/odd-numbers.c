#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  for (long number = 470; number < 20000; number++)
    if (syscall(number, -1, -1, -1, -1, -1, -1) >= 0 || (errno != EPERM && errno != ENOSYS)) printf("lost: %ld\n", number);
  const long odd[] = {1L << 31, 1L << 32, (1L << 32) | 101, (1L << 62) | 165};
  for (int i = 0; i < 4; i++)
    if (syscall(odd[i], 0, 0, 0, 0, 0, 0) >= 0 && odd[i] != 1L << 32) printf("lost: %lx\n", odd[i]);
  puts("held");
}
