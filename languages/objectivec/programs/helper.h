#import <objc/Object.h>

@interface Helper : Object
+ (int)twice:(int)x;
@end

@implementation Helper
+ (int)twice:(int)x {
  return 2 * x;
}
@end
