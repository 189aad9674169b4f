char bomb[1UL << 40] = {[(1UL << 40) - 1] = 1};

int main(void) {
  return bomb[0];
}
