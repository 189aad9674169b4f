#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <fcntl.h>

int main(void) {
  static char content[1 << 20];
  int from = open("/job/main", O_RDONLY), to = open("/dev/shm/main", O_CREAT | O_WRONLY, 0700);
  ssize_t size = read(from, content, sizeof content);
  if (to < 0 || write(to, content, (size_t)size) != size) return 3;
  close(to);
  execl("/dev/shm/main", "main", NULL);
  puts("held");
}
