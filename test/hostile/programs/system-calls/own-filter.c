/* A filter of its own would let it lie to what it starts; it has nothing to start that has more than itself. */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  struct sock_filter allow[] = {{0x06, 0, 0, 0x7fff0000}};
  struct sock_fprog program = {1, allow};
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
  puts(syscall(SYS_unshare, 0x10000000) == 0 ? "lost: the filter was replaced" : "held");
}
