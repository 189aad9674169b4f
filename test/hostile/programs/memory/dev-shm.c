#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  static char block[1 << 20];
  memset(block, 1, sizeof block);
  int file = open("/dev/shm/large", O_CREAT | O_WRONLY, 0600), written = 0;
  while (write(file, block, sizeof block) == sizeof block) written++;
  if (errno == ENOSPC && written <= 64) puts("held");
  else printf("lost: %d MiB, %s\n", written, strerror(errno));
}
