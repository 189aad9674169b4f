/* interpreter.c: stands for one that opens its program's file, does something else, and reads it then. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

static const char *variable(const char *name) {
  const char *value = getenv(name);
  return value == NULL ? "none" : value;
}

int main(void) {
  FILE *program = fopen("main.txt", "r");
  if (program == NULL) return 1;
  if (open("opened", O_CREAT | O_WRONLY, 0600) < 0) return 1;
  char line[64] = "";
  while (fgets(line, sizeof line, program) != NULL) fputs(line, stdout);
  if (fclose(program) != 0) return 1;
  printf("%s %s %s\n", variable("LD_PRELOAD"), variable("READY_AT_OPEN"), variable("READY_AT_READ"));
  printf("descriptor 9: %s\n", fcntl(9, F_GETFD) < 0 ? "closed" : "open");
}
