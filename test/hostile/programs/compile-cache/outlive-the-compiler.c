#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Round ROUND: whoever wrote to the folder while this was compiled is dead. */
int main(void) {
  struct stat before, after;
  if (stat("dirt", &before) < 0) puts("lost: nobody wrote");
  usleep(100000);
  stat("dirt", &after);
  if (before.st_mtim.tv_nsec != after.st_mtim.tv_nsec) puts("lost: somebody still writes");
  int processes = 0;
  DIR *folder = opendir("/proc");
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) processes += atoi(entry->d_name) > 1;
  if (processes != 1) puts("lost: somebody is there");
  puts("held");
}
