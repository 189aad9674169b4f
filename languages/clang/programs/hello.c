#include <stdio.h>

int main(void) {
  puts("drill my brain");
}
