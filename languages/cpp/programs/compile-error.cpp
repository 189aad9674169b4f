int main() {
  return nothing;
}
