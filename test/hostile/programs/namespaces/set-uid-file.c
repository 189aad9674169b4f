#define _GNU_SOURCE
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int count, char **words) {
  (void)words;
  if (count > 1) {
    puts(geteuid() == getuid() && getegid() == getgid() ? "held" : "lost: another user");
    return 0;
  }
  if (chown("main", 0, 0) == 0) puts("lost: a file is root's");
  chmod("main", 06755);
  execl("./main", "main", "again", NULL);
}
