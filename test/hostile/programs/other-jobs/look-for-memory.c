#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/shm.h>

int main(void) {
  struct shmid_ds segment;
  struct shm_info all;
  if (shmget(0x5ec2e7, 1, 0) >= 0 || semget(0x5ec2e7, 1, 0) >= 0) puts("lost: by its key");
  if (shm_open("/secret", O_RDONLY, 0) >= 0) puts("lost: by its name");
  if (shmctl(0, SHM_INFO, (struct shmid_ds *)&all) >= 0 && all.used_ids > 0) puts("lost: in the count");
  for (int id = 0; id < 4096; id++)
    if (shmctl(id, IPC_STAT, &segment) == 0 || shmat(id, NULL, SHM_RDONLY) != (void *)-1) puts("lost: by its number");
  puts("held");
}
