#pragma GCC optimize("O0")

static int deeper(int level) {
  volatile char frame[4096];
  frame[0] = (char)level;
  return deeper(level + 1) + frame[0];
}

int main(void) {
  return deeper(0);
}
