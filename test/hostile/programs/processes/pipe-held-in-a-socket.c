/* Leaves its standard output inside a socket that nobody can reach any more, and ends. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  int pair[2];
  socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
  for (int i = 0; i < 2; i++) {
    union { struct cmsghdr head; char space[CMSG_SPACE(3 * sizeof(int))]; } control = {0};
    char byte = 0;
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    control.head.cmsg_len = CMSG_LEN(3 * sizeof(int));
    memcpy(CMSG_DATA(&control.head), (int[]){1, pair[0], pair[1]}, 3 * sizeof(int));
    sendmsg(pair[i], &message, 0);
  }
  return write(1, "main ends\n", 10) != 10;
}
