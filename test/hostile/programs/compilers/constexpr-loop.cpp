constexpr unsigned long spin() {
  unsigned long count = 0;
  while (true) count++;
  return count;
}

int main() {
  constexpr unsigned long never = spin();
  return never;
}
