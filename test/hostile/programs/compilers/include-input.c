#include "/dev/stdin"
#include <stdio.h>

int main(void) {
  puts("held");
}
