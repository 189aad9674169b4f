#include <cstdio>
#include <sys/mman.h>

int main() {
  const std::size_t tebibyte = 1ul << 40;
  for (int i = 0; i < 50; i++)
    mmap(nullptr, tebibyte, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  std::puts("held");
}
