int main(void) {
  return [Nothing new];
}
