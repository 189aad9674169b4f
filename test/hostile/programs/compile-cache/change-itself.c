#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Round ROUND: changes all that was compiled, its source too, and looks for what an earlier run has changed. */
int main(int count, char **words) {
  char source[4096] = {0};
  FILE *file = fopen("main.c", "r+");
  if (fread(source, 1, sizeof source - 1, file) == 0 || strstr(source, "/* chan" "ged */")) puts("lost: its source");
  fputs("/* chan" "ged */", file);
  fclose(file);
  if (access("left", F_OK) == 0) puts("lost: a file of an earlier run");
  fclose(fopen("left", "w"));
  if (open("main", O_WRONLY) >= 0 || open("/proc/self/exe", O_WRONLY) >= 0) puts("lost: what runs can be written");
  unlink("main");
  file = fopen("main", "w");
  fputs("#!/bin/sh\necho lost: another program\n", file);
  fclose(file);
  chmod("main", 0755);
  if (fork() == 0) {
    setsid();
    for (;;) rename("main", "main.c"), rename("main.c", "main");
  }
  puts("held");
}
