#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  char parameters[256] = {0};
  int lost = syscall(SYS_io_uring_setup, 8, parameters) >= 0 || errno != ENOSYS;
  lost |= syscall(SYS_io_uring_enter, 0, 0, 0, 0, 0, 0) >= 0 || errno != ENOSYS;
  lost |= syscall(SYS_io_uring_register, 0, 0, 0, 0) >= 0 || errno != ENOSYS;
  puts(lost ? "lost: io_uring" : "held");
}
