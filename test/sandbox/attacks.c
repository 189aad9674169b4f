/* Tries system calls that a program must not have, one a line: "name: errno". With hold-pipe it leaves its
 * standard output inside a socket that nobody can reach any more, and ends. With fill-memory it leaves a file of
 * 256 KiB and fills all memory that there is with another one, until it is killed for it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static void tell(const char *name, long result) {
  printf("%s: %s\n", name, result < 0 ? strerrorname_np(errno) : "allowed");
}

static int hold_pipe(void) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) < 0) return 1;
  for (int i = 0; i < 2; i++) {
    union { struct cmsghdr head; char space[CMSG_SPACE(3 * sizeof(int))]; } control = {0};
    char byte = 0;
    struct iovec data = {&byte, 1};
    struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1,
                             .msg_control = &control, .msg_controllen = sizeof control};
    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    control.head.cmsg_len = CMSG_LEN(3 * sizeof(int));
    memcpy(CMSG_DATA(&control.head), (int[]){1, pair[0], pair[1]}, 3 * sizeof(int));
    if (sendmsg(pair[i], &message, 0) < 0) return 1;
  }
  return write(1, "held", 4) != 4;
}

static int fill_memory(void) {
  static char page[4096];
  int left = open("/job/left", O_WRONLY | O_CREAT, 0600), full = open("/tmp/full", O_WRONLY | O_CREAT, 0600);
  for (int i = 0; i < 64; i++)
    if (write(left, page, sizeof page) != sizeof page) return 1;
  while (write(full, page, sizeof page) > 0) {}
  return 2;
}

int main(int count, char **words) {
  if (count > 1 && strcmp(words[1], "hold-pipe") == 0) return hold_pipe();

  if (count > 1 && strcmp(words[1], "fill-memory") == 0) return fill_memory();

  struct rlimit limit = {1, 1};
  const unsigned long high = 1ul << 32;
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(0, &cpus);
  struct sched_param normal = {0};
  char memory[8];
  struct iovec here = {memory, 8}, there = {memory, 8};
  char clone_args[64] = {0};

  tell("prlimit64 on PID 1", syscall(SYS_prlimit64, 1, RLIMIT_NOFILE, &limit, NULL));
  tell("prlimit64 on PID 1 with a high bit", syscall(SYS_prlimit64, high | 1, RLIMIT_NOFILE, &limit, NULL));
  tell("prlimit64 on its parent", syscall(SYS_prlimit64, getppid(), RLIMIT_NOFILE, &limit, NULL));
  tell("sched_setaffinity on PID 1", syscall(SYS_sched_setaffinity, 1, sizeof cpus, &cpus));
  tell("sched_setscheduler on PID 1", syscall(SYS_sched_setscheduler, 1, SCHED_IDLE, &normal));
  tell("sched_setparam on PID 1", syscall(SYS_sched_setparam, 1, &normal));
  tell("sched_setattr on PID 1", syscall(SYS_sched_setattr, 1, clone_args, 0));
  tell("setpriority on PID 1", syscall(SYS_setpriority, PRIO_PROCESS, 1, 19));
  tell("setpriority on the uid", syscall(SYS_setpriority, PRIO_USER, 0, 19));
  tell("ioprio_set on PID 1", syscall(SYS_ioprio_set, 1, 1, 3 << 13));
  tell("ioprio_set on the uid", syscall(SYS_ioprio_set, 3, getuid(), 3 << 13));
  tell("ptrace PID 1", syscall(SYS_ptrace, 0x4206, 1, 0, 0));
  tell("process_vm_readv PID 1", syscall(SYS_process_vm_readv, 1, &here, 1, &there, 1, 0));
  tell("kcmp with PID 1", syscall(SYS_kcmp, 1, getpid(), 0, 0, 0));
  tell("pidfd_getfd", syscall(SYS_pidfd_getfd, 3, 0, 0));
  tell("unshare a user namespace", syscall(SYS_unshare, CLONE_NEWUSER));
  tell("clone with a user namespace", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
  tell("clone3", syscall(SYS_clone3, clone_args, sizeof clone_args));
  tell("setns", syscall(SYS_setns, 0, 0));
  tell("mount", syscall(SYS_mount, "none", "/job", "tmpfs", 0, ""));
  tell("open_by_handle_at", syscall(SYS_open_by_handle_at, 0, memory, 0));
  tell("bpf", syscall(SYS_bpf, 0, memory, 0));
  tell("perf_event_open", syscall(SYS_perf_event_open, memory, 0, -1, -1, 0));
  tell("keyctl", syscall(SYS_keyctl, 0, 0));
  tell("io_uring_setup", syscall(SYS_io_uring_setup, 1, memory));
  tell("memfd_create", syscall(SYS_memfd_create, "x", 0));
  tell("userfaultfd", syscall(SYS_userfaultfd, 0));
  tell("splice", syscall(SYS_splice, 0, 0, 1, 0, 1, 0));
  tell("personality without randomisation", syscall(SYS_personality, ADDR_NO_RANDOMIZE));
  tell("AF_NETLINK", socket(AF_NETLINK, SOCK_RAW, 0));
  tell("AF_PACKET", socket(AF_PACKET, SOCK_RAW, 0));
  tell("AF_VSOCK", socket(AF_VSOCK, SOCK_STREAM, 0));
  tell("AF_ALG", socket(AF_ALG, SOCK_SEQPACKET, 0));

  tell("AF_INET", socket(AF_INET, SOCK_STREAM, 0));
  tell("personality, asking", syscall(SYS_personality, 0xffffffff));
  tell("prlimit64 reading PID 1", syscall(SYS_prlimit64, 1, RLIMIT_NOFILE, NULL, &limit));
  tell("prlimit64 on itself", syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &limit, NULL));
  tell("sched_setaffinity on itself", syscall(SYS_sched_setaffinity, 0, sizeof cpus, &cpus));
  tell("setpriority on itself", syscall(SYS_setpriority, PRIO_PROCESS, 0, 19));
  return 0;
}
