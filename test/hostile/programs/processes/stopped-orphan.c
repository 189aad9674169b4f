#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  if (fork() == 0) {
    raise(SIGSTOP);
    pause();
  }
  puts("main ends");
  return 4;
}
