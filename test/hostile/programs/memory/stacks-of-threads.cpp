#include <alloca.h>
#include <thread>
#include <unistd.h>

int main() {
  for (int i = 0; i < 60; i++) {
    std::thread([] {
      const int size = 7 << 20;
      auto *stack = static_cast<volatile char *>(alloca(size));
      for (int at = 0; at < size; at += 4096) stack[at] = 1;
      pause();
    }).detach();
  }
  pause();
}
