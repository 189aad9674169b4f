template <int N, int M>
struct Bomb {
  Bomb<N - 1, 2 * M> left;
  Bomb<N - 1, 2 * M + 1> right;
};
template <int M>
struct Bomb<0, M> { char last; };

int main() {
  return sizeof(Bomb<28, 1>) == 0;
}
