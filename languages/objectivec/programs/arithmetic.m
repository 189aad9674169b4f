#import <objc/Object.h>
#import <objc/runtime.h>
#include <stdio.h>

enum { LIMIT = 100000 };

@interface Sieve : Object {
  char composite[LIMIT];
}
+ new;
- (void)strike:(long)n;
- (BOOL)isPrime:(long)n;
@end

@implementation Sieve
+ new {
  return class_createInstance(self, 0);
}

- (void)strike:(long)n {
  for (long multiple = n * n; multiple < LIMIT; multiple += n) composite[multiple] = 1;
}

- (BOOL)isPrime:(long)n {
  return !composite[n];
}
@end

int main(void) {
  Sieve *sieve = [Sieve new];
  int count = 0;
  long sum = 0;
  for (long n = 2; n < LIMIT; n++) {
    if (![sieve isPrime:n]) continue;
    count++;
    sum += n;
    [sieve strike:n];
  }
  printf("%d %ld\n", count, sum);
}
