#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  struct sched_param realtime = {.sched_priority = 50}, none = {0};
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(0, &one);
  int lost = 0;
  lost |= setpriority(PRIO_PROCESS, 0, -20) == 0;
  lost |= nice(-5) != -1 && nice(0) < 0;
  lost |= sched_setscheduler(0, SCHED_FIFO, &realtime) == 0;
  lost |= sched_setscheduler(1, SCHED_IDLE, &none) == 0;
  lost |= sched_setaffinity(1, sizeof one, &one) == 0;
  lost |= setpriority(PRIO_PROCESS, 1, 19) == 0;
  lost |= setpriority(PRIO_USER, 0, 19) == 0;
  lost |= syscall(SYS_ioprio_set, 1, 0, 1 << 13) == 0;
  lost |= syscall(SYS_ioprio_set, 1, 1, 3 << 13) == 0;
  puts(lost ? "lost: a priority changed" : "held");
}
