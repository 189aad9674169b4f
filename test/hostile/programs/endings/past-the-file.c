#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mman.h>

int main(void) {
  volatile char *page = mmap(0, 4096, PROT_READ, MAP_SHARED, open("empty", O_CREAT | O_RDWR, 0600), 0);
  return page[0];
}
