#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  const char *kinds[] = {"cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"};
  char path[64];
  for (unsigned i = 0; i < 8; i++)
    for (int self = 0; self < 2; self++) {
      snprintf(path, sizeof path, "/proc/%s/ns/%s", self ? "self" : "1", kinds[i]);
      int file = open(path, O_RDONLY);
      if (file >= 0 && (!self || setns(file, 0) == 0)) printf("lost: %s\n", path);
    }
  if (setns((int)syscall(SYS_pidfd_open, 1, 0), CLONE_NEWNET | CLONE_NEWNS) == 0) puts("lost: by pidfd");
  puts("held");
}
