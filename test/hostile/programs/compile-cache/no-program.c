/* Round ROUND. */
int main(void) {
  return 0;
}
