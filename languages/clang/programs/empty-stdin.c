#include <stdio.h>

int main(void) {
  int count = 0;
  while (getchar() != EOF) count++;
  printf("read %d characters\n", count);
}
