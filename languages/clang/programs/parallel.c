#include <pthread.h>
#include <stdio.h>

static FILE *file;

static void *square(void *number) {
  int n = *(int *)number;
  fprintf(file, "%d ", n * n);
  return NULL;
}

int main(void) {
  pthread_t threads[8];
  int numbers[8], sum = 0, value;
  file = tmpfile();
  for (int n = 0; n < 8; n++) {
    numbers[n] = n;
    pthread_create(&threads[n], NULL, square, &numbers[n]);
  }
  for (int n = 0; n < 8; n++) pthread_join(threads[n], NULL);
  rewind(file);
  while (fscanf(file, "%d", &value) == 1) sum += value;
  printf("%d\n", sum);
}
