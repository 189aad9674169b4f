#include <cstdio>
#include <fcntl.h>
#include <string>
#include <unistd.h>

int main() {
  chdir("/tmp");
  for (int byte = 1; byte < 256; byte++) {
    std::string name(3, static_cast<char>(byte));
    if (byte == '/') continue;
    if (int file = open(name.c_str(), O_CREAT | O_WRONLY, 0); file >= 0) close(file);
  }
  symlink("../../../../../../../../etc/passwd", "-rf");
  std::puts("held");
}
