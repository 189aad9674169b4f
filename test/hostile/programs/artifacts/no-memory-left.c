#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Files take what memory there is, and stay when what filled it is killed: there is none to read them with. */
int main(void) {
  static char block[1 << 16];
  memset(block, 'x', sizeof block);
  int mine = open("mine", O_WRONLY | O_CREAT, 0644);
  if (write(mine, block, sizeof block) != sizeof block) return 1;
  const char *names[] = {"fill", "/tmp/fill", "/dev/shm/fill"};
  for (int number = 0; number < 3; number++) {
    int fill = open(names[number], O_WRONLY | O_CREAT, 0644);
    while (write(fill, block, sizeof block) > 0) {}
  }
  puts("lost: memory has no end");
}
