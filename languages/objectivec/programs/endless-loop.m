#import <objc/objc.h>

int main(void) {
  for (volatile BOOL forever = YES; forever;);
}
