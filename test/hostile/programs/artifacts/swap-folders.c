#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Two names change places in one step: a folder of its own, and a link to /etc. */
int main(void) {
  mkdir("folder", 0755);
  FILE *file = fopen("folder/passwd", "w");
  fputs("own\n", file);
  fclose(file);
  if (symlink("/etc", "link") < 0) return 1;
  for (int child = 0; child < 3; child++)
    if (fork() == 0) {
      setsid();
      for (int number = 1; number < 64; number++) signal(number, SIG_IGN);
      for (;;) syscall(SYS_renameat2, AT_FDCWD, "folder", AT_FDCWD, "link", 2 /* exchange */);
    }
  usleep(100000);
  puts("held");
}
