#import <objc/Object.h>
#include <stdio.h>

@interface Teller : Object
+ (void)tell:(char **)words count:(int)count;
@end

@implementation Teller
+ (void)tell:(char **)words count:(int)count {
  printf("%d %s\n", count, words[count]);
}
@end

int main(int argc, char **argv) {
  [Teller tell:argv count:argc - 1];
}
