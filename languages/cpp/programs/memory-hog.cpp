#include <list>
#include <string>

int main() {
  std::list<std::string> hoard;
  for (;;) hoard.emplace_back(1 << 20, 'x');
}
