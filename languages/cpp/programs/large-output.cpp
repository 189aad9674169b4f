#include <iostream>

int main() {
  for (int number = 0; number < 100'000; number++) std::cout << "line " << number << '\n';
}
