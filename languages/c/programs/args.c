#include <stdio.h>

int main(int argc, char **argv) {
  printf("%d %s\n", argc - 1, argv[argc - 1]);
}
