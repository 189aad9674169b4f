#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>
#include <vector>

int main() {
  const auto folder = std::filesystem::temp_directory_path();
  {
    std::vector<std::jthread> threads;
    for (int n = 0; n < 8; n++)
      threads.emplace_back([=] { std::ofstream(folder / std::to_string(n)) << n * n; });
  }
  int sum = 0, value;
  for (const auto &entry : std::filesystem::directory_iterator(folder))
    if (std::ifstream(entry.path()) >> value) sum += value;
  std::cout << sum << '\n';
}
