/* python-ready.c: wait() returns when there is a program.
 *
 * Descriptor 9 tells how it comes. A pipe: this process is to be it, once there is a byte. A socket: this process
 * serves the supervisor (sandbox/fork-server.h); each message brings a cell, and wait() returns in a fork, which is in that
 * cell, when there is a byte from a pipe that the message brought too.
 *
 * The server is there while programs run, with their uid. It cannot be traced, since it is not dumpable; signals that can be
 * ignored are, so that none can wait in it; what can only kill or stop it is the supervisor's to notice. It has no thread and
 * shares no memory that anybody can write to.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SUPERVISOR = 9, NAMESPACES = 5, FILTER_STEPS = 64 };
/* In the order of the message. */
enum { IN, OUT, ERR, EXEC, GO, NAMESPACE, FOLDER = NAMESPACE + NAMESPACES, DESCRIPTORS };

static struct request {
  int fds[DESCRIPTORS];
  struct sock_filter steps[FILTER_STEPS];
  struct sock_fprog filter;
} request;

static struct sigaction actions[NSIG];

/* In the order of the file. */
static void wait_for_go(int fd);
static bool serve(void);
static bool receive(void);
static pid_t fork_orphan(void);
static void become_program(void);
static bool enter_cell(void);
static void ignore_signals(void);
static void heed_signals(void);

static PyObject *wait_for_program(PyObject *module, PyObject *none) {
  (void)module, (void)none;
  struct stat about;
  if (fstat(SUPERVISOR, &about) == 0 && S_ISSOCK(about.st_mode)) {
    if (!serve()) _exit(0); /* the supervisor has gone */
  } else wait_for_go(SUPERVISOR);
  Py_RETURN_NONE;
}

static void wait_for_go(int fd) {
  char go;
  while (read(fd, &go, 1) < 0 && errno == EINTR) {}
  close(fd);
}

/* True in a process that is to be a program. */
static bool serve(void) {
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  ignore_signals();
  while (receive()) {
    PyOS_BeforeFork();
    pid_t pid = fork_orphan();
    if (pid == 0) {
      PyOS_AfterFork_Child();
      become_program();
      return true;
    }
    PyOS_AfterFork_Parent();
    for (int i = 0; i < DESCRIPTORS; i++) close(request.fds[i]);
    if (send(SUPERVISOR, &pid, sizeof pid, MSG_NOSIGNAL) != sizeof pid) break;
  }
  return false;
}

static bool receive(void) {
  char control[CMSG_SPACE(sizeof request.fds)];
  struct iovec bytes = {request.steps, sizeof request.steps};
  struct msghdr message = {
    .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t got;
  do got = recvmsg(SUPERVISOR, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  struct cmsghdr *rights = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
  if (rights == NULL || rights->cmsg_len != CMSG_LEN(sizeof request.fds)) return false;
  memcpy(request.fds, CMSG_DATA(rights), sizeof request.fds);
  request.filter = (struct sock_fprog){(unsigned short)((size_t)got / sizeof *request.steps), request.steps};
  return true;
}

/* A child whose parent is PID 1, as a program's is, since the one between has ended. That one shares this process's memory, and so
 * costs little, while this one stands still. */
static pid_t fork_orphan(void) {
  volatile pid_t pid = -1;
  pid_t between = vfork();
  if (between == 0) {
    pid = fork();
    if (pid == 0) return 0; /* with a memory of its own */
    _exit(0);
  }
  if (between > 0) waitpid(between, NULL, 0);
  return pid;
}

/* As the supervisor's own children become programs (become_program there). */
static void become_program(void) {
  int *fds = request.fds, exec_pipe = fds[EXEC];
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t word = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
  setsid();
  for (int i = IN; i <= ERR; i++) dup2(fds[i], i);
  if (!enter_cell()) word = -errno;
  int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (score >= 0 && write(score, "1000", 4) < 0) {} /* then the OOM killer has to find it by its size */
  close(score);
  heed_signals();
  if (write(exec_pipe, &word, sizeof word) != sizeof word || word < 0) _exit(127);
  dup2(fds[GO], SUPERVISOR);
  for (int i = 0; i < DESCRIPTORS; i++) close(fds[i]);
  wait_for_go(SUPERVISOR);
}

/* With every capability in its user namespace, as none of them exec'ed away, and so the right to give them up. */
static bool enter_cell(void) {
  for (int i = 0; i < NAMESPACES; i++)
    if (setns(request.fds[NAMESPACE + i], 0) < 0) return false;
  if (fchdir(request.fds[FOLDER]) < 0) return false;
  for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) {}
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
  return syscall(SYS_capset, &header, none) == 0 && prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0
    && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &request.filter, 0, 0) == 0;
}

/* SIGCHLD by default is, and its being ignored would reap children. */
static void ignore_signals(void) {
  const struct sigaction ignore = {.sa_handler = SIG_IGN};
  for (int i = 1; i < NSIG; i++)
    if (i != SIGCHLD && sigaction(i, NULL, &actions[i]) == 0) sigaction(i, &ignore, NULL);
}

static void heed_signals(void) {
  for (int i = 1; i < NSIG; i++)
    if (i != SIGCHLD) sigaction(i, &actions[i], NULL);
}

static PyMethodDef methods[] = {{"wait", wait_for_program, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_braindrill_ready", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__braindrill_ready(void) {
  return PyModule_Create(&module);
}
