#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cell.h"
#include "counters.h"
#include "ends.h"
#include "fork-server.h"
#include "job.h"
#include "processes.h"
#include "program.h"
#include "small-things.h"

static const struct program NO_PROGRAM = {0, -1, -1, -1, -1, -1};
static struct program waiting = {0, -1, -1, -1, -1, -1}; /* what --ready has started, until a job takes it */

/* In the order of the file. */
static bool forks(void);
static void close_program(struct program *program);
static _Noreturn void become_program(char **command, char **environment, const int ends[ENDS]);

/* ---- ahead of its job ---- */

/* A server that does not answer has been killed or stopped by the program before: the next one is asked. Without any, programs
 * are started when they come. */
void start_waiting(void) {
  if (job.ready[0] == NULL) return;
  for (int tries = 2; waiting.pid == 0 && tries > 0; tries--) {
    if (forks() && server_pid() == 0 && !start_server(job.ready, job.environment)) return;
    waiting = start_program(job.ready, job.environment, true, true);
    if (waiting.pid == 0) kill_everything();
  }
}

static bool forks(void) {
  return fork_server && cells && is_counted(TASKS);
}

pid_t waiting_pid(void) {
  return waiting.pid;
}

struct program take_waiting(void) {
  struct program program = waiting;
  waiting = NO_PROGRAM;
  return program;
}

void forget_waiting(void) {
  struct pollfd fd = {children_descriptor(), POLLIN, 0};
  kill(waiting.pid, SIGKILL);
  for (reap(false); waiting.pid; reap(false)) poll(&fd, 1, -1);
}

void close_waiting(void) {
  close_program(&waiting);
}

/* ---- starting one ---- */

struct program start_program(char **command, char **environment, bool has_stdin, bool waits) {
  int exec_pipe[2], in[2] = {-1, -1}, out[2], err[2], go[2] = {-1, -1};
  bool ready = pipe2(exec_pipe, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0;
  if (!has_stdin) in[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
  else ready = ready && pipe2(in, O_CLOEXEC) == 0;
  if (waits) ready = ready && pipe2(go, O_CLOEXEC) == 0;
  if (!ready || in[0] < 0) fault(EXIT_FAULT, "cannot make pipes: %s", strerror(errno));
  /* O_NONBLOCK belongs to one end of a pipe: the program's ends stay as programs expect them. */
  fcntl(exec_pipe[0], F_SETFL, O_NONBLOCK);
  fcntl(out[0], F_SETFL, O_NONBLOCK);
  fcntl(err[0], F_SETFL, O_NONBLOCK);
  if (has_stdin) fcntl(in[1], F_SETFL, O_WRONLY | O_NONBLOCK);

  const int ends[ENDS] = {in[0], out[1], err[1], exec_pipe[1], go[0]};
  bool asks = waits && forks();
  pid_t pid = asks ? fork_from_server(ends) : fork();
  if (pid < 0) fault(EXIT_FAULT, "cannot fork: %s", strerror(errno));
  if (pid == 0 && !asks) become_program(command, environment, ends);
  for (int i = 0; i < ENDS; i++)
    if (ends[i] >= 0) close(ends[i]);
  struct program program = {pid, exec_pipe[0], in[1], out[0], err[0], go[1]};
  if (pid == 0) close_program(&program);
  return program;
}

static void close_program(struct program *program) {
  int fds[] = {program->exec_pipe, program->in, program->out, program->err, program->go};
  for (size_t fd = 0; fd < sizeof fds / sizeof *fds; fd++) close_fd(&fds[fd]);
  *program = NO_PROGRAM;
}

/* In the child. Tells over the pipe, which exec closes, when it exec'ed, and minus errno if that failed. What is
 * the job's own to make, and was not made, or as nothing that can be run, is its failure, as a shell tells it. */
static _Noreturn void become_program(char **command, char **environment, const int ends[ENDS]) {
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* or /proc/self would not be its own */
  setsid();
  setpriority(PRIO_PROCESS, 0, 19); /* or a crowd of processes in one cgroup makes the limits come late */
  int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (score >= 0 && write(score, "1000", 4) < 0) {} /* then the OOM killer has to find it by its size */
  for (int i = END_IN; i <= END_ERR; i++) dup2(ends[i], i);
  for (int i = 1; i <= SIGRTMAX; i++) signal(i, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int64_t word = now();
  bool placed = (!cells || enter_cell()) && (ends[END_GO] < 0 || dup2(ends[END_GO], READY_DESCRIPTOR) >= 0) && chdir(job.dir) == 0;
  int exec_pipe = ends[END_EXEC];
  if (placed && write(exec_pipe, &word, sizeof word) == sizeof word) {
    environ = environment;
    for (; ends[END_GO] >= 0 && strchr(command[0], '=') != NULL; command++) putenv(command[0]);
    execvp(command[0], command);
    bool absent = errno == ENOENT || errno == ENOTDIR;
    if (strncmp(command[0], "./", 2) == 0 && (absent || errno == EACCES || errno == ENOEXEC)) {
      dprintf(STDERR_FILENO, "cannot run %s: %s\n", command[0], strerror(errno));
      _exit(absent ? 127 : 126);
    }
  }
  word = -errno;
  if (write(exec_pipe, &word, sizeof word) < 0) {}
  _exit(127);
}
