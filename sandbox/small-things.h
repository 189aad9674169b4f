/* small-things.h: the clock, and the end of a descriptor. */
#pragma once
#include <stdint.h>
#include <time.h>
#include <unistd.h>

/* In nanoseconds; nobody sets it. */
static inline int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Nothing if it is closed already. */
static inline void close_fd(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}
