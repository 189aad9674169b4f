#include <poll.h>
#include <thread>

int main() {
  for (int i = 0; i < 16; i++) std::thread([] { for (;;) poll(nullptr, 0, -1); }).detach();
  for (;;) poll(nullptr, 0, -1);
}
