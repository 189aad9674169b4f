#import <objc/Object.h>
#import <objc/runtime.h>
#include <pthread.h>
#include <stdio.h>

@interface Total : Object {
  int sum;
}
+ new;
- (void)add:(int)square;
- (int)sum;
@end

@implementation Total
+ new {
  return class_createInstance(self, 0);
}

- (void)add:(int)square {
  @synchronized(self) {
    sum += square;
  }
}

- (int)sum {
  return sum;
}
@end

static Total *total;

static void *add_square(void *number) {
  int n = *(int *)number;
  [total add:n * n];
  return NULL;
}

int main(void) {
  pthread_t threads[8];
  int numbers[8];
  total = [Total new];
  for (int n = 0; n < 8; n++) {
    numbers[n] = n;
    pthread_create(&threads[n], NULL, add_square, &numbers[n]);
  }
  for (int n = 0; n < 8; n++) pthread_join(threads[n], NULL);
  printf("%d\n", [total sum]);
}
