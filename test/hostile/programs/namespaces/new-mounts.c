#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  char attributes[64] = {0};
  int lost = syscall(SYS_fsopen, "tmpfs", 0) >= 0 || syscall(SYS_fspick, AT_FDCWD, "/", 0) >= 0 ||
    syscall(SYS_open_tree, AT_FDCWD, "/", 1) >= 0 || syscall(SYS_fsmount, 0, 0, 0) >= 0 ||
    syscall(SYS_move_mount, AT_FDCWD, "/", AT_FDCWD, "/tmp", 0) >= 0 ||
    syscall(SYS_mount_setattr, AT_FDCWD, "/", 0, attributes, 32) >= 0;
  puts(lost ? "lost: a mount" : "held");
}
