#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static void *later(void *none) {
  usleep(200000);
  exit(42);
}

int main(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, later, NULL);
  pthread_exit(NULL);
}
