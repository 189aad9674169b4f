/* ready-at-open.c: a library in an interpreter's process (LD_PRELOAD) that waits for a program.
 *
 * READY_FILE names the program's file. Whatever part of the interpreter asks for that first, to open it or for what it is,
 * waits for a byte on descriptor 9: there is a program then, and the interpreter has done what it does before it comes to
 * that. No part of the supervisor: languages with `ready: at-open` have it in their processes, and nothing of it in their
 * environment.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <threads.h>
#include <unistd.h>

enum { GO = 9 };

static char file[256]; /* its whole path */
static atomic_bool has_come;

/* The bytes of the environment are what /proc tells. */
static void take_variable(const char *name, char *value, size_t size) {
  char *found = getenv(name);
  if (found == NULL) return;
  snprintf(value, size, "%s", found);
  unsetenv(name);
  memset(found - strlen(name) - 1, 0, strlen(name) + 1 + strlen(found));
}

__attribute__((constructor)) static void leave_environment(void) {
  char own[256];
  take_variable("LD_PRELOAD", own, sizeof own);
  take_variable("READY_FILE", file, sizeof file);
}

static void wait_for_go(void) {
  char go;
  ssize_t got;
  do got = read(GO, &go, 1);
  while (got < 0 && errno == EINTR);
  if (got != 1) _exit(1); /* nobody is there to give it one */
  close(GO);
  has_come = true;
}

/* A relative path is one in the job's folder: nobody has left that. */
static void wait_if_program(const char *path) {
  if (has_come || file[0] == 0 || path == NULL) return;
  const char *name = strrchr(file, '/') + 1;
  if (strncmp(path, "./", 2) == 0) path += 2;
  if (strcmp(path, file) != 0 && strcmp(path, name) != 0) return;
  static once_flag once = ONCE_FLAG_INIT;
  call_once(&once, wait_for_go);
}

/* Each does what it would without this. */
#define AFTER_WAIT(type, name, parameters, arguments)            \
  type name parameters {                                         \
    static type(*next) parameters;                               \
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, #name); \
    wait_if_program(path);                                       \
    return next arguments;                                       \
  }

AFTER_WAIT(FILE *, fopen, (const char *path, const char *mode), (path, mode))
AFTER_WAIT(FILE *, fopen64, (const char *path, const char *mode), (path, mode))
AFTER_WAIT(int, stat, (const char *path, struct stat *about), (path, about))
AFTER_WAIT(int, stat64, (const char *path, struct stat64 *about), (path, about))
AFTER_WAIT(int, lstat, (const char *path, struct stat *about), (path, about))
AFTER_WAIT(int, lstat64, (const char *path, struct stat64 *about), (path, about))
AFTER_WAIT(int, fstatat, (int folder, const char *path, struct stat *about, int flags), (folder, path, about, flags))
AFTER_WAIT(int, fstatat64, (int folder, const char *path, struct stat64 *about, int flags), (folder, path, about, flags))
AFTER_WAIT(
  int, statx, (int folder, const char *path, int flags, unsigned mask, struct statx *about),
  (folder, path, flags, mask, about))
AFTER_WAIT(int, access, (const char *path, int mode), (path, mode))
AFTER_WAIT(int, faccessat, (int folder, const char *path, int mode, int flags), (folder, path, mode, flags))
AFTER_WAIT(ssize_t, readlink, (const char *path, char *target, size_t size), (path, target, size))
AFTER_WAIT(char *, realpath, (const char *path, char *resolved), (path, resolved))

/* The last argument is there only where a file may be made. */
static mode_t mode_of(int flags, va_list list) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(list, mode_t) : 0;
}

#define OPEN_AFTER_WAIT(name, parameters, arguments)                      \
  int name parameters {                                                   \
    static int (*next) parameters;                                        \
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, #name);          \
    va_list list;                                                         \
    va_start(list, flags);                                                \
    mode_t mode = mode_of(flags, list);                                   \
    va_end(list);                                                         \
    wait_if_program(path);                                                \
    return next arguments;                                                \
  }

OPEN_AFTER_WAIT(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN_AFTER_WAIT(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN_AFTER_WAIT(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
OPEN_AFTER_WAIT(openat64, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))

/* Some, as libuv, call the kernel by number. */
long syscall(long number, ...) {
  static long (*next)(long number, ...);
  if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "syscall");
  long words[6];
  va_list list;
  va_start(list, number);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) words[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_statx || number == SYS_openat) wait_if_program((const char *)words[1]);
  return next(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}
