#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Round ROUND. */
int main(void) {
  struct stat about;
  if (stat(".", &about) < 0 || (about.st_mode & 0777) != 0500) puts("lost: the folder is not as it was");
  puts(fopen("new", "w") ? "lost: it can be written" : "held");
}
