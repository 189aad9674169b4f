#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  struct perf_event_attr event = {.type = PERF_TYPE_SOFTWARE, .size = sizeof event, .config = PERF_COUNT_SW_CPU_CLOCK, .exclude_kernel = 1};
  int lost = syscall(SYS_perf_event_open, &event, 0, -1, -1, 0) >= 0 || syscall(SYS_perf_event_open, &event, 1, -1, -1, 0) >= 0;
  puts(lost ? "lost: perf" : "held");
}
