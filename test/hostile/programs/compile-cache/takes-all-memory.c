#include <stdio.h>
#include <unistd.h>

/* Value EACH, round ROUND: seven megabytes that nothing makes smaller, of which the runner keeps few. */
int main(void) {
  puts(access("bytes", R_OK) == 0 ? "held" : "lost: nothing was made");
}
