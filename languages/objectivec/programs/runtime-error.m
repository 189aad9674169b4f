#import <objc/Object.h>
#import <objc/runtime.h>

@interface Thing : Object
+ new;
- (void)vanish;
@end

@implementation Thing
+ new {
  return class_createInstance(self, 0);
}

- (void)vanish {
  @throw self;
}
@end

int main(void) {
  [[Thing new] vanish];
}
