#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

int main(void) {
  signal(SIGCHLD, SIG_IGN);
  for (int i = 0; i < 8; i++)
    if (fork() == 0) break;
  for (union sigval value = {0};;) {
    kill(1, SIGCHLD);
    sigqueue(1, SIGCHLD, value);
    sigqueue(1, 40, value);
  }
}
