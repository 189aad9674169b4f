#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

/* An orphan keeps a file from being opened as long as it can. */
int main(void) {
  int file = open("mine", O_RDWR | O_CREAT, 02644);
  if (write(file, "mine\n", 5) != 5) return 1;
  close(file);
  if (fork() == 0) {
    setsid();
    for (int number = 1; number < 64; number++) signal(number, SIG_IGN);
    file = open("mine", O_RDWR);
    struct flock whole = {.l_type = F_WRLCK};
    fcntl(file, F_SETLEASE, F_WRLCK);
    fcntl(file, F_SETLKW, &whole);
    flock(file, LOCK_EX);
    for (;;) pause();
  }
  usleep(100000);
  puts("held");
}
