#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "ends.h"
#include "phase.h"
#include "program-stdin.h"
#include "small-things.h"

enum { STDIN_BYTES = 256 << 10 };

static struct {
  char bytes[STDIN_BYTES];
  size_t start, end;
  bool ended;
} program_stdin;

size_t stdin_room(void) {
  return STDIN_BYTES - (program_stdin.end - program_stdin.start);
}

bool stdin_waits(void) {
  return program_stdin.start < program_stdin.end;
}

void keep_stdin(const char *payload, size_t length) {
  if (program_stdin.ended) fault(EXIT_MALFORMED, "malformed: stdin after its end");
  if (phase.kind == 'R' && phase.program_stdin < 0) return; /* the program has closed it */
  if (length > STDIN_BYTES - program_stdin.end) {
    memmove(program_stdin.bytes, program_stdin.bytes + program_stdin.start, program_stdin.end - program_stdin.start);
    program_stdin.end -= program_stdin.start;
    program_stdin.start = 0;
  }
  memcpy(program_stdin.bytes + program_stdin.end, payload, length);
  program_stdin.end += length;
}

void end_stdin(void) {
  if (program_stdin.ended) fault(EXIT_MALFORMED, "malformed: a second end of stdin");
  program_stdin.ended = true;
  feed_program();
}

bool stdin_has_ended(void) {
  return program_stdin.ended;
}

void feed_program(void) {
  if (phase.kind != 'R' || phase.program_stdin < 0) return;
  size_t waiting = program_stdin.end - program_stdin.start;
  ssize_t put = waiting ? write(phase.program_stdin, program_stdin.bytes + program_stdin.start, waiting) : 0;
  if (put > 0) program_stdin.start += (size_t)put;
  bool refused = put < 0 && errno != EAGAIN && errno != EINTR; /* the program has closed its end: fine */
  if (refused || program_stdin.start == program_stdin.end) program_stdin.start = program_stdin.end = 0;
  if (refused || (program_stdin.ended && program_stdin.end == 0)) close_fd(&phase.program_stdin);
}

void forget_stdin(void) {
  program_stdin.start = program_stdin.end = 0;
  program_stdin.ended = false;
}
