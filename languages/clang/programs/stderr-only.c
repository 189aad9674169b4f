#include <stdio.h>

int main(void) {
  fputs("only a warning\n", stderr);
}
