#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* Orphans, deaf to all that they can be deaf to, put a link in the file's place to the last moment. */
int main(void) {
  for (int child = 0; child < 3; child++)
    if (fork() == 0) {
      setsid();
      for (int number = 1; number < 64; number++) signal(number, SIG_IGN);
      char own[16], link[16];
      sprintf(own, "own%d", child);
      sprintf(link, "link%d", child);
      for (;;) {
        if (symlink("/etc/passwd", link) == 0) rename(link, "swapped");
        int file = open(own, O_WRONLY | O_CREAT | O_TRUNC, 0644);
        if (write(file, "own\n", 4) == 4) rename(own, "swapped");
        close(file);
      }
    }
  usleep(100000);
  puts("held");
}
