#define BAD(n) int bad_##n = nothing_##n + more_##n;
#define TEN(n) BAD(n##0) BAD(n##1) BAD(n##2) BAD(n##3) BAD(n##4) BAD(n##5) BAD(n##6) BAD(n##7) BAD(n##8) BAD(n##9)
#define HUNDRED(n) TEN(n##0) TEN(n##1) TEN(n##2) TEN(n##3) TEN(n##4) TEN(n##5) TEN(n##6) TEN(n##7) TEN(n##8) TEN(n##9)
HUNDRED(1) HUNDRED(2) HUNDRED(3) HUNDRED(4) HUNDRED(5) HUNDRED(6) HUNDRED(7) HUNDRED(8) HUNDRED(9)
int main() {}
