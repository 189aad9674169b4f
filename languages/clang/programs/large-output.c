#include <stdio.h>

int main(void) {
  for (int number = 0; number < 100000; number++) printf("line %d\n", number);
}
