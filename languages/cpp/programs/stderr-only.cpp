#include <iostream>

int main() {
  std::cerr << "only a warning\n";
}
