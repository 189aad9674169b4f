#include <stdio.h>

/* Round ROUND. */
int main(void) {
  puts("held");
}
