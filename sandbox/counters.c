#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counters.h"

enum { PLACES = 3 };

/* The number is behind the key, or the file's only one. */
static struct {
  struct { const char *path, *key; int divisor; } places[PLACES];
  int fd, place;
} counters[COUNTERS] = {
  [CPU_US] = {{{"/sys/fs/cgroup/cpu.stat", "usage_usec", 1},
               {"/sys/fs/cgroup/cpuacct/cpuacct.usage", "", 1000},
               {"/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", "", 1000}}, -1, 0},
  [MEMORY_BYTES] = {{{"/sys/fs/cgroup/memory.peak", "", 1},
                     {"/sys/fs/cgroup/memory/memory.max_usage_in_bytes", "", 1}}, -1, 0},
  [OOM_KILLS] = {{{"/sys/fs/cgroup/memory.events", "oom_kill", 1},
                  {"/sys/fs/cgroup/memory/memory.oom_control", "oom_kill", 1}}, -1, 0},
  [TASKS] = {{{"/sys/fs/cgroup/pids.current", "", 1}, {"/sys/fs/cgroup/pids/pids.current", "", 1}}, -1, 0},
};

void open_counters(void) {
  for (int i = 0; i < COUNTERS; i++) {
    for (int place = 0; place < PLACES && counters[i].fd < 0; place++) {
      const char *path = counters[i].places[place].path;
      if (path == NULL) break;
      counters[i].fd = open(path, O_RDONLY | O_CLOEXEC);
      counters[i].place = place;
    }
    read_counter((enum counter)i); /* allocates what later reads need */
  }
}

bool is_counted(enum counter counter) {
  return counters[counter].fd >= 0;
}

int64_t read_counter(enum counter counter) {
  char text[4096];
  int fd = counters[counter].fd, place = counters[counter].place;
  ssize_t got = fd < 0 ? -1 : pread(fd, text, sizeof text - 1, 0);
  if (got <= 0) return -1;
  text[got] = 0;
  const char *key = counters[counter].places[place].key;
  size_t length = strlen(key);
  for (const char *line = text; line != NULL && *line != 0; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (strncmp(line, key, length) == 0 && (length == 0 || line[length] == ' '))
      return strtoll(line + length, NULL, 10) / counters[counter].places[place].divisor;
  }
  return -1;
}
