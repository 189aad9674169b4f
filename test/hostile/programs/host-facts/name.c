#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

int main(void) {
  struct utsname host;
  uname(&host);
  puts(strcmp(host.nodename, "braindrill") == 0 ? "held" : host.nodename);
}
