#include <iostream>
#include <vector>

int main() {
  constexpr long limit = 100'000;
  std::vector<bool> composite(limit);
  long count = 0, sum = 0;
  for (long n = 2; n < limit; n++) {
    if (composite[n]) continue;
    count++;
    sum += n;
    for (long multiple = n * n; multiple < limit; multiple += n) composite[multiple] = true;
  }
  std::cout << count << ' ' << sum << '\n';
}
