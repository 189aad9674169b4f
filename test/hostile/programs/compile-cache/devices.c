#include <stdio.h>
#include <unistd.h>

/* Round ROUND. */
int main(void) {
  puts(access("device", F_OK) == 0 ? "lost: a device" : "held");
}
