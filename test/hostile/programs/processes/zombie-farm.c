#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  int children = 0;
  while (children < 1000) {
    pid_t pid = fork();
    if (pid == 0) _exit(0);
    if (pid < 0) break;
    children++;
  }
  puts(children < 64 ? "held" : "lost: more zombies than processes are allowed");
}
