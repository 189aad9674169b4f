#define _GNU_SOURCE
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Round ROUND. */
int main(void) {
  struct stat about;
  if (stat("main", &about) < 0 || !(about.st_mode & S_ISUID)) puts("lost: nothing was set");
  puts(geteuid() == getuid() && getegid() == getgid() ? "held" : "lost: another user");
}
