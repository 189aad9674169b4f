#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "ends.h"
#include "frames-out.h"

enum { ENDING_FRAMES = 2 << 10 /* room kept for P, R and ! */ };

/* Whole frames for fd 1. */
static struct {
  char bytes[2 * (HEADER + CHUNK) + ENDING_FRAMES];
  size_t start, end;
} output;

/* What is not a chunk always has room: ENDING_FRAMES. */
void put_frame(char kind, const void *payload, size_t length) {
  char *frame = output.bytes + output.end;
  for (int i = 0; i < 4; i++) frame[i] = (char)(length >> (24 - 8 * i));
  frame[4] = kind;
  if (payload != NULL) memcpy(frame + HEADER, payload, length);
  output.end += HEADER + length;
}

char *payload_place(void) {
  return output.bytes + output.end + HEADER;
}

size_t output_room(void) {
  if (output.start > 0) {
    memmove(output.bytes, output.bytes + output.start, output.end - output.start);
    output.end -= output.start;
    output.start = 0;
  }
  size_t size = sizeof output.bytes - ENDING_FRAMES;
  return output.end < size ? size - output.end : 0;
}

bool output_waits(void) {
  return output.start < output.end;
}

bool flush_output(void) {
  while (output.start < output.end) {
    ssize_t put = write(STDOUT_FILENO, output.bytes + output.start, output.end - output.start);
    if (put < 0) return errno == EAGAIN || errno == EINTR;
    output.start += (size_t)put;
  }
  output.start = output.end = 0;
  return true;
}

void make_room(size_t room) {
  if (output_room() < room) wait_for_output(room);
}

void wait_for_output(size_t room) {
  for (;;) {
    if (!flush_output()) runner_gone();
    if (output_room() >= room) return;
    struct pollfd fds[] = {{STDOUT_FILENO, POLLOUT, 0}, {STDIN_FILENO, 0, 0}};
    poll(fds, 2, -1);
    if (fds[1].revents) runner_gone();
  }
}

void wait_for_all_output(void) {
  wait_for_output(sizeof output.bytes - ENDING_FRAMES);
}
