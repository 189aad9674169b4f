#import "helper.h"
#include <stdio.h>

int main(void) {
  printf("%d\n", [Helper twice:21]);
}
