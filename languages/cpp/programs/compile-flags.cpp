#include <iostream>

int main() {
  std::cout << X << "\n";
}
