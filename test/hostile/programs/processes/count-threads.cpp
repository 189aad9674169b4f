#include <cstdio>
#include <system_error>
#include <thread>
#include <unistd.h>

int main() {
  int count = 1;
  try {
    for (; count < 10'000; count++) std::thread([] { pause(); }).detach();
  } catch (const std::system_error &) {
  }
  std::puts(count <= 64 ? "held" : "lost: more than 64 threads");
  std::fflush(stdout);
  _exit(0);
}
