#import <objc/Object.h>
#include <stdio.h>

@interface Greeter : Object
+ (void)greet;
@end

@implementation Greeter
+ (void)greet {
  puts("drill my brain");
}
@end

int main(void) {
  [Greeter greet];
}
