#define _GNU_SOURCE
#include <stdio.h>
#include <sys/klog.h>

int main(void) {
  static char text[4096];
  int lost = 0;
  for (int action = 0; action <= 10; action++)
    if (action == 2 || action == 3 || action == 4 || action == 9 || action == 10) lost |= klogctl(action, text, sizeof text) >= 0;
  puts(lost ? "lost: the kernel's log" : "held");
}
