#define _GNU_SOURCE
#include <sys/mman.h>

int main(void) {
  for (unsigned long n = 0;; n++) {
    int protection = n % 2 ? PROT_READ : PROT_READ | PROT_WRITE;
    char *page = mmap((void *)(0x100000000 + n * 4096), 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    if (page == MAP_FAILED) n = 0;
    else if (n % 2 == 0) *page = 1;
  }
}
