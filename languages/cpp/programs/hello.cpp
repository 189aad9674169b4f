#include <iostream>

int main() {
  std::cout << "drill my brain\n";
}
