int main() {
  for (volatile bool forever = true; forever;);
}
