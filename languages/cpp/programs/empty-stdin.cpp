#include <iostream>
#include <iterator>

int main() {
  std::istreambuf_iterator<char> begin(std::cin), end;
  std::cout << "read " << std::distance(begin, end) << " characters\n";
}
