#include <algorithm>
#include <iostream>
#include <string_view>

int main() {
  constexpr std::string_view größe = "Grüße, Γεια σου, こんにちは, 🧠";
  auto begins_character = [](unsigned char byte) { return (byte & 0xC0) != 0x80; };
  std::cout << größe << ' ' << std::ranges::count_if(größe, begins_character) << '\n';
}
