#define _GNU_SOURCE
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "ends.h"
#include "frames-out.h"
#include "processes.h"
#include "small-things.h"

enum { FAULT_FLUSH_MS = 2000 };

_Noreturn void fault(int code, const char *format, ...) {
  char text[FAULT_TEXT];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(text, sizeof text, format, values);
  va_end(values);
  kill_everything();
  output_room();
  put_frame('!', text, length < (int)sizeof text ? (size_t)length : sizeof text - 1);
  int64_t until = now() + FAULT_FLUSH_MS * (int64_t)1000000;
  while (flush_output() && output_waits() && now() < until) {
    struct pollfd fd = {STDOUT_FILENO, POLLOUT, 0};
    poll(&fd, 1, 100);
  }
  _exit(code);
}

_Noreturn void runner_gone(void) {
  kill_everything();
  _exit(EXIT_RUNNER_GONE);
}
