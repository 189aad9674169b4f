#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* An orphan writes to the file without a call, and another one cuts it off under it. */
int main(void) {
  int file = open("mapped", O_RDWR | O_CREAT, 0644);
  if (ftruncate(file, 200000) < 0) return 1;
  char *bytes = mmap(NULL, 200000, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  for (int child = 0; child < 2; child++)
    if (fork() == 0) {
      setsid();
      for (char mark = 'a';; mark = mark == 'z' ? 'a' : mark + 1) {
        if (child == 0) memset(bytes, mark, 4096);
        else if (ftruncate(file, 200000) < 0 || ftruncate(file, 4096) < 0) return 1;
      }
    }
  usleep(100000);
  puts("held");
}
