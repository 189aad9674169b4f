#include <stdio.h>

enum { LIMIT = 100000 };

static char composite[LIMIT];

int main(void) {
  int count = 0;
  long sum = 0;
  for (long n = 2; n < LIMIT; n++) {
    if (composite[n]) continue;
    count++;
    sum += n;
    for (long multiple = n * n; multiple < LIMIT; multiple += n) composite[multiple] = 1;
  }
  printf("%d %ld\n", count, sum);
}
