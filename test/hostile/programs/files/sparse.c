#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void) {
  FILE *file = fopen("sparse", "w");
  ftruncate(fileno(file), 1L << 40);
  puts("lost: a terabyte");
}
