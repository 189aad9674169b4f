#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>

int main(void) {
  for (int signal = 1; signal < 65; signal++) kill(-1, signal);
  puts("held");
}
