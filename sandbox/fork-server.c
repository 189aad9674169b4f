#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cell.h"
#include "fork-server.h"

/* Its first answer comes after its start. */
enum { START_MS = 5000, ANSWER_MS = 500 };

static pid_t server;
static int channel = -1;
static bool answered;

/* In the order of the file. */
static _Noreturn void become_server(char **command, char **environment, int end);
static bool send_request(const int ends[ENDS]);

bool start_server(char **command, char **environment) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) return false;
  pid_t pid = fork();
  if (pid == 0) become_server(command, environment, ends[1]);
  int problem = errno;
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    errno = problem;
    return false;
  }
  server = pid;
  channel = ends[0];
  answered = false;
  return true;
}

/* Its streams are pipes, as programs' are: an interpreter looks at that once. Nobody reads or writes them. */
static _Noreturn void become_server(char **command, char **environment, int end) {
  int in[2], out[2];
  setsid();
  setpriority(PRIO_PROCESS, 0, 19);
  for (int i = 1; i <= SIGRTMAX; i++) signal(i, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  bool placed = pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 && dup2(in[0], 0) == 0 && dup2(out[1], 1) == 1
    && dup2(out[1], 2) == 2;
  placed = placed && dup2(end, READY_DESCRIPTOR) == READY_DESCRIPTOR;
  if (placed) execvpe(command[0], command, environment);
  _exit(127);
}

pid_t server_pid(void) {
  return server;
}

pid_t fork_from_server(const int ends[ENDS]) {
  pid_t pid;
  struct pollfd fd = {channel, POLLIN, 0};
  if (server == 0 || !send_request(ends)) return 0;
  if (poll(&fd, 1, answered ? ANSWER_MS : START_MS) != 1) return 0;
  answered = recv(channel, &pid, sizeof pid, MSG_DONTWAIT) == sizeof pid && pid > 0;
  return answered ? pid : 0;
}

/* One message: the program's filter, and the descriptors of its pipes and its cell. */
static bool send_request(const int ends[ENDS]) {
  int fds[ENDS + CELL_DESCRIPTORS];
  char control[CMSG_SPACE(sizeof fds)] = {0};
  memcpy(fds, ends, ENDS * sizeof *ends);
  memcpy(fds + ENDS, cell_descriptors(), CELL_DESCRIPTORS * sizeof *fds);
  struct sock_fprog filter = program_filter();
  struct iovec bytes = {filter.filter, filter.len * sizeof *filter.filter};
  struct msghdr message = {
    .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof fds);
  memcpy(CMSG_DATA(rights), fds, sizeof fds);
  return sendmsg(channel, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)bytes.iov_len;
}

void forget_server(void) {
  close(channel);
  channel = -1;
  server = 0;
}
