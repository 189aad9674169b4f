#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int main(void) {
  const char *names[] = {"/dev/mem", "/dev/kmem", "/dev/port", "/dev/kmsg", "/dev/fuse", "/dev/kvm", "/dev/net/tun",
    "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/loop-control", "/dev/loop0", "/dev/mapper/control", "/dev/vsock",
    "/dev/vhost-net", "/dev/uinput", "/dev/watchdog", "/dev/rtc0", "/dev/hpet", "/dev/snd", "/dev/tty0", "/dev/tty1",
    "/dev/console", "/dev/cuse", "/dev/userfaultfd", "/dev/cpu/0/msr"};
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
    if (open(names[i], O_RDONLY) >= 0 || open(names[i], O_WRONLY) >= 0) printf("lost: %s opens\n", names[i]);
  for (int major = 1; major < 260; major++)
    for (int kind = 0; kind < 2; kind++)
      if (mknod("/tmp/device", (kind ? S_IFBLK : S_IFCHR) | 0600, makedev(major, 1)) == 0) {
        if (open("/tmp/device", O_RDONLY) >= 0) printf("lost: device %d:1 opens\n", major);
        unlink("/tmp/device");
      }
  puts("held");
}
