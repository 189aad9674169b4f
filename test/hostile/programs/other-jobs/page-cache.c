/* Asks which pages of a shared file are in memory: that would tell what others run. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  int file = open("/etc/passwd", O_RDONLY);
  unsigned char resident = 0;
  char ranges[64] = {0}, answer[64] = {0};
  void *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
  posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  /* For files that are not the caller's the kernel says 1 to everything. */
  int lost = mincore(page, 4096, &resident) == 0 && !(resident & 1);
  lost |= syscall(451, file, ranges, answer, 0) == 0; /* cachestat */
  puts(lost ? "lost: the page cache answers" : "held");
}
