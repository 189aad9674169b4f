#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void) {
  char memory[8];
  struct iovec here = {memory, 8}, there = {main, 8};
  pid_t child = fork();
  if (child == 0) pause();
  const pid_t targets[] = {1, child};
  for (int i = 0; i < 2; i++) {
    int lost = ptrace(PTRACE_ATTACH, targets[i], 0, 0) == 0 || ptrace(PTRACE_SEIZE, targets[i], 0, 0) == 0 ||
      process_vm_readv(targets[i], &here, 1, &there, 1, 0) >= 0 || process_vm_writev(targets[i], &here, 1, &there, 1, 0) >= 0 ||
      syscall(SYS_kcmp, targets[i], getpid(), 0, 0, 0) >= 0 ||
      syscall(SYS_pidfd_getfd, syscall(SYS_pidfd_open, targets[i], 0), 0, 0) >= 0;
    if (lost) printf("lost: process %d\n", targets[i]);
  }
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0) puts("lost: traced");
  puts("held");
}
