#include <iostream>

#include "helper.hpp"

int main() {
  std::cout << twice(21) << '\n';
}
