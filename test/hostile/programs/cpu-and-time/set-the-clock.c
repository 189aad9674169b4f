#define _GNU_SOURCE
#include <stdio.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>

int main(void) {
  struct timespec then = {0};
  struct timeval year_1970 = {0};
  struct timex change = {.modes = ADJ_OFFSET};
  int lost = clock_settime(CLOCK_REALTIME, &then) == 0 || settimeofday(&year_1970, NULL) == 0 ||
    adjtimex(&change) >= 0 || clock_adjtime(CLOCK_REALTIME, &change) >= 0;
  puts(lost ? "lost: the clock" : "held");
}
