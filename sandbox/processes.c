#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cell.h"
#include "ends.h"
#include "fork-server.h"
#include "phase.h"
#include "processes.h"
#include "program.h"

enum { REAP_AT_ONCE = 64 };

static int children; /* signalfd for SIGCHLD */

bool watch_children(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigprocmask(SIG_SETMASK, &set, NULL);
  int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  children = dup3(signals, READY_DESCRIPTOR, O_CLOEXEC); /* so that no program's end of a pipe has that number */
  close(signals);
  return children >= 0;
}

int children_descriptor(void) {
  return children;
}

void reap(bool all) {
  struct signalfd_siginfo ignored;
  while (read(children, &ignored, sizeof ignored) > 0) {}
  for (int i = 0; all || i < REAP_AT_ONCE; i++) {
    int status;
    struct rusage usage = {0};
    pid_t pid = wait4(-1, &status, __WALL | (all ? 0 : WNOHANG), &usage);
    if (pid == 0 || (pid < 0 && errno == ECHILD)) return;
    if (pid > 0 && pid == cell_maker()) {
      note_other_usage(&usage);
      forget_maker();
      continue;
    }
    if (pid > 0) note_usage(&usage);
    if (pid > 0 && pid == server_pid()) forget_server();
    if (pid > 0 && pid == waiting_pid()) close_waiting();
    if (pid > 0 && pid == phase.main) note_end(status);
  }
  raise(SIGCHLD); /* readable again */
}

/* No process is born while the kernel goes through its list: one kill is enough, the second is for doubt. */
void kill_everything(void) {
  if (getpid() != 1) _exit(EXIT_FAULT);
  do {
    kill(-1, SIGKILL);
    reap(true);
  } while (kill(-1, SIGKILL) == 0);
}
