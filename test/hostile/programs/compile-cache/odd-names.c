#include <stdio.h>
#include <unistd.h>

/* Round ROUND. */
int main(void) {
  const char *names[] = {"line\nfeed", "...", "-rf", "\377", "a\\b/..x/ "};
  for (int i = 0; i < 5; i++) {
    if (access(names[i], R_OK) < 0) printf("lost: %s\n", names[i]);
    if (unlink(names[i]) < 0) puts("lost: it is not its own");
  }
  puts("held");
}
