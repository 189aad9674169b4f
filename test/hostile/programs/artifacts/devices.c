#define _GNU_SOURCE
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int main(void) {
  if (mknod("zero", S_IFCHR | 0666, makedev(1, 5)) == 0) puts("lost: a device");
  if (mknod("disk", S_IFBLK | 0666, makedev(8, 0)) == 0) puts("lost: a disk");
  if (link("/dev/zero", "linked") == 0) puts("lost: a name of a device");
  if (rename("/dev/zero", "moved") == 0) puts("lost: a device moved");
  puts("held");
}
