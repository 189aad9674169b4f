#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>

int main(void) {
  union { struct file_handle head; char space[sizeof(struct file_handle) + 128]; } handle = {.head = {.handle_bytes = 128}};
  int mount;
  int lost = name_to_handle_at(AT_FDCWD, "/", &handle.head, &mount, 0) == 0;
  for (int inode = 1; inode < 10; inode++) {
    handle.head.handle_bytes = 8;
    handle.head.handle_type = 1;
    handle.head.f_handle[0] = (unsigned char)inode;
    lost |= open_by_handle_at(AT_FDCWD, &handle.head, O_RDONLY) >= 0;
  }
  puts(lost ? "lost: a file handle" : "held");
}
