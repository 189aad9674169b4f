#include <cstdio>
#include <cstring>
#include <unistd.h>

int main() {
  const bool lost = sethostname("mine", 4) == 0 || setdomainname("mine", 4) == 0 || vhangup() == 0 || acct("/tmp/log") == 0;
  std::puts(lost ? "lost: a name" : "held");
}
