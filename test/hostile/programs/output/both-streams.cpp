#include <iostream>

int main() {
  for (;;) {
    std::cout << "out " << std::flush;
    std::cerr << "err ";
  }
}
