#include <iostream>
#include <string>
#include <vector>

int main(int argc, char **argv) {
  std::vector<std::string> args(argv + 1, argv + argc);
  std::cout << args.size() << ' ' << args.back() << '\n';
}
