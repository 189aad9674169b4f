#import <objc/Object.h>
#import <objc/runtime.h>
#include <string.h>

@interface Block : Object {
  char content[1 << 20];
}
+ new;
@end

@implementation Block
+ new {
  Block *block = class_createInstance(self, 0);
  memset(block->content, 1, sizeof block->content);
  return block;
}
@end

int main(void) {
  for (;;) [Block new];
}
