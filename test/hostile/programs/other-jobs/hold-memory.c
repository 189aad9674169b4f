#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  char *memory = shmat(shmget(0x5ec2e7, 4096, IPC_CREAT | 0666), NULL, 0);
  strcpy(memory, "secret");
  semget(0x5ec2e7, 1, IPC_CREAT | 0666);
  int file = shm_open("/secret", O_CREAT | O_RDWR, 0666);
  write(file, "secret", 6);
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  printf("holding since %ld\n", now.tv_sec * 1000 + now.tv_nsec / 1000000 + 1);
  fflush(stdout);
  pause();
}
