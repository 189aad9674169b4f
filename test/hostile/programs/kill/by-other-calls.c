#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  siginfo_t info = {.si_code = -1};
  int pid_1 = (int)syscall(SYS_pidfd_open, 1, 0);
  for (int signal = 1; signal < 65; signal++) {
    syscall(SYS_tkill, 1, signal);
    syscall(SYS_tgkill, 1, 1, signal);
    syscall(SYS_rt_sigqueueinfo, 1, signal, &info);
    syscall(SYS_rt_tgsigqueueinfo, 1, 1, signal, &info);
    syscall(SYS_pidfd_send_signal, pid_1, signal, NULL, 0);
  }
  puts(kill(1, 0) == 0 ? "held" : "lost: PID 1 is gone");
}
