#define _GNU_SOURCE
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

int main(void) {
  for (;;) {
    int segment = shmget(IPC_PRIVATE, 1 << 20, 0600);
    if (segment < 0) continue;
    void *memory = shmat(segment, NULL, 0);
    if (memory != (void *)-1) memset(memory, 1, 1 << 20);
  }
}
