#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cell.h"

enum { TMPFS_MOUNTS = 8, PROBLEM_TEXT = 256 };
enum { MAKING_MS = 10000 /* it takes 1 */, NEXT_MS = 100 /* then it is made anew */ };
enum { USER, MOUNT, NETWORK, IPC, UTS, NAMESPACES, FOLDER = NAMESPACES };

/* In the order in which they are entered: the first gives the right to the others. */
static const struct { const char *path; int flag; } namespaces[NAMESPACES] = {
  [USER] = {"/proc/self/ns/user", CLONE_NEWUSER}, [MOUNT] = {"/proc/self/ns/mnt", CLONE_NEWNS},
  [NETWORK] = {"/proc/self/ns/net", CLONE_NEWNET}, [IPC] = {"/proc/self/ns/ipc", CLONE_NEWIPC},
  [UTS] = {"/proc/self/ns/uts", CLONE_NEWUTS},
};

static const char MADE[] = ".";

static int cell[CELL_DESCRIPTORS] = {-1, -1, -1, -1, -1, -1};
static struct { const char *path, *options; unsigned long flags; } tmpfs[TMPFS_MOUNTS];
static int tmpfs_mounts;

/* Makes the next one, and tells over the channel: a word when its users are made, and with another one all of it. */
static struct { pid_t pid; int channel; } maker = {0, -1};

/* In the order of the file. */
static bool begin_cell(const char *folder, char *problem, size_t size);
static bool hear_maker(int ms, int fds[CELL_DESCRIPTORS], char *problem, size_t size);
static void close_channel(void);
static _Noreturn void make_in_child(const char *folder, int channel);
static void tell(int channel, const char *words, const int fds[CELL_DESCRIPTORS]);
static bool make_users(const char **step);
static bool make_rest(const char *folder, int fds[CELL_DESCRIPTORS], const char **step);
static bool map_user(const char *path, unsigned id);
static bool write_text(const char *path, const char *text);
static bool bring_loopback_up(void);
static bool closed(int fd, bool result);

bool add_tmpfs(const char *path, const char *options, bool noexec) {
  if (tmpfs_mounts == TMPFS_MOUNTS) return false;
  tmpfs[tmpfs_mounts].path = path;
  tmpfs[tmpfs_mounts].options = options;
  tmpfs[tmpfs_mounts++].flags = MS_NOSUID | MS_NODEV | (noexec ? MS_NOEXEC : 0);
  return true;
}

/* ---- making one ---- */

bool make_cell(const char *folder, char *problem, size_t size) {
  bool made = begin_cell(folder, problem, size) && hear_maker(MAKING_MS, cell, problem, size);
  close_channel();
  if (maker.pid > 0) {
    kill(maker.pid, SIGKILL);
    waitpid(maker.pid, NULL, 0);
  }
  forget_maker();
  return made;
}

/* A process that has made namespaces stays in them, so a child makes them and sends them here. */
static bool begin_cell(const char *folder, char *problem, size_t size) {
  int ends[2];
  snprintf(problem, size, "no answer");
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) return false;
  pid_t child = fork();
  if (child == 0) make_in_child(folder, ends[1]);
  close(ends[1]);
  maker.channel = ends[0];
  maker.pid = child > 0 ? child : 0;
  return child > 0 && hear_maker(MAKING_MS, NULL, problem, size);
}

/* False with the problem, if it is one. */
static bool hear_maker(int ms, int fds[CELL_DESCRIPTORS], char *problem, size_t size) {
  char control[CMSG_SPACE(sizeof cell)];
  struct iovec text = {problem, size - 1};
  struct msghdr message = {
    .msg_iov = &text, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct pollfd fd = {maker.channel, POLLIN, 0};
  ssize_t got = poll(&fd, 1, ms) == 1 ? recvmsg(maker.channel, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) : -1;
  if (got <= 0) return false;
  problem[got] = 0;
  if (strcmp(problem, MADE) != 0) return false;
  if (fds == NULL) return true;
  struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
  if (rights == NULL || rights->cmsg_len != CMSG_LEN(sizeof cell)) return false;
  memcpy(fds, CMSG_DATA(rights), sizeof cell);
  return true;
}

static void close_channel(void) {
  if (maker.channel >= 0) close(maker.channel);
  maker.channel = -1;
}

/* ---- making the next one ---- */

bool begin_next_cell(const char *folder) {
  char problem[PROBLEM_TEXT];
  if (begin_cell(folder, problem, sizeof problem)) return true;
  close_channel();
  if (maker.pid > 0) kill(maker.pid, SIGKILL);
  return false;
}

pid_t cell_maker(void) {
  return maker.pid;
}

void forget_maker(void) {
  maker.pid = 0;
}

void end_maker(void) {
  struct pollfd fd = {maker.channel, POLLIN, 0};
  poll(&fd, 1, NEXT_MS);
  kill(maker.pid, SIGKILL);
}

bool use_next_cell(void) {
  char problem[PROBLEM_TEXT];
  bool made = maker.channel >= 0 && hear_maker(0, cell, problem, sizeof problem);
  close_channel();
  return made;
}

/* ---- in the child ---- */

static _Noreturn void make_in_child(const char *folder, int channel) {
  int fds[CELL_DESCRIPTORS];
  const char *step;
  bool made = make_users(&step);
  if (made) tell(channel, MADE, NULL);
  made = made && make_rest(folder, fds, &step);
  char words[PROBLEM_TEXT];
  snprintf(words, sizeof words, "%s: %s", step, strerror(errno));
  tell(channel, made ? MADE : words, made ? fds : NULL);
  _exit(0);
}

static void tell(int channel, const char *words, const int fds[CELL_DESCRIPTORS]) {
  char control[CMSG_SPACE(sizeof cell)] = {0};
  struct iovec text = {(char *)words, strlen(words)};
  struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1};
  if (fds != NULL) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof cell);
    memcpy(CMSG_DATA(rights), fds, sizeof cell);
  }
  sendmsg(channel, &message, MSG_NOSIGNAL);
}

/* With limits of its own, which it has from the process. */
static bool make_users(const char **step) {
  unsigned uid = getuid(), gid = getgid();
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* or its files in /proc were not its own */
  *step = "users";
  if (unshare(namespaces[USER].flag) < 0) return false;
  if (!write_text("/proc/self/setgroups", "deny")) return false;
  if (!map_user("/proc/self/uid_map", uid) || !map_user("/proc/self/gid_map", gid)) return false;
  /* It can be written once, and without any privilege: by the program, if not here. */
  if (!map_user("/proc/self/projid_map", uid)) return false;
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  return true;
}

static bool make_rest(const char *folder, int fds[CELL_DESCRIPTORS], const char **step) {
  int flags = 0;
  for (int i = MOUNT; i < NAMESPACES; i++) flags |= namespaces[i].flag;
  *step = "namespaces";
  if (unshare(flags) < 0) return false;
  *step = "private mounts";
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) return false;
  for (int i = 0; i < tmpfs_mounts; i++) {
    *step = tmpfs[i].path;
    if (mount("tmpfs", tmpfs[i].path, "tmpfs", tmpfs[i].flags, tmpfs[i].options) < 0) return false;
  }
  *step = "loopback";
  if (!bring_loopback_up()) return false;
  *step = "descriptors";
  for (int i = 0; i < NAMESPACES; i++)
    if ((fds[i] = open(namespaces[i].path, O_RDONLY | O_CLOEXEC)) < 0) return false;
  fds[FOLDER] = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return fds[FOLDER] >= 0;
}

static bool map_user(const char *path, unsigned id) {
  char map[32];
  snprintf(map, sizeof map, "%u %u 1", id, id);
  return write_text(path, map);
}

static bool write_text(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  return fd >= 0 && closed(fd, write(fd, text, strlen(text)) == (ssize_t)strlen(text));
}

static bool bring_loopback_up(void) {
  struct ifreq loopback = {.ifr_name = "lo", .ifr_flags = IFF_UP};
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  return fd >= 0 && closed(fd, ioctl(fd, SIOCSIFFLAGS, &loopback) == 0);
}

/* ---- using it ---- */

int cell_folder(void) {
  return fcntl(cell[FOLDER], F_DUPFD_CLOEXEC, 0);
}

const int *cell_descriptors(void) {
  return cell;
}

/* Entering a user namespace gives every capability in it; exec takes them away, since the user is not root, and
 * with an empty bounding set none comes back. */
bool enter_cell(void) {
  for (int i = 0; i < NAMESPACES; i++)
    if (setns(cell[i], namespaces[i].flag) < 0) return false;
  for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) {}
  struct sock_fprog filter = program_filter();
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

/* The container's profile lets the supervisor make and enter cells; the program may not. Foreign system calls of
 * the architecture are the container's profile's to refuse. */
struct sock_fprog program_filter(void) {
#if defined(__x86_64__)
  const unsigned architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  const unsigned architecture = AUDIT_ARCH_AARCH64;
#endif
  enum { CALLS = 5, REFUSE = CALLS + 4 };
  const unsigned calls[CALLS] = {SYS_setns, SYS_unshare, SYS_mount, SYS_umount2, SYS_pivot_root};
  static struct sock_filter filter[REFUSE + 1];
  filter[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
  filter[1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 0, REFUSE - 2);
  filter[2] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int i = 0; i < CALLS; i++)
    filter[3 + i] = (struct sock_filter)BPF_JUMP(
      BPF_JMP | BPF_JEQ | BPF_K, calls[i], (unsigned char)(REFUSE - (3 + i) - 1), 0);
  filter[CALLS + 3] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[REFUSE] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  return (struct sock_fprog){REFUSE + 1, filter};
}

void drop_cell(void) {
  for (int i = 0; i < CELL_DESCRIPTORS; i++) {
    if (cell[i] >= 0) close(cell[i]);
    cell[i] = -1;
  }
}

/* ---- small things ---- */

static bool closed(int fd, bool result) {
  int problem = errno;
  close(fd);
  errno = problem;
  return result;
}
