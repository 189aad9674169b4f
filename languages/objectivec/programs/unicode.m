#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  const char *größe = "Grüße, Γεια σου, こんにちは, 🧠";
  setlocale(LC_ALL, "");
  printf("%s %zu\n", größe, mbstowcs(NULL, größe, 0));
}
