/* wait-for-program.c: a library in an interpreter's process (LD_PRELOAD) that waits for a program.
 *
 * READY_AT_OPEN names the program's file. Whatever part of the interpreter asks for that first, to open it or for what it is,
 * waits for a byte on descriptor 9: there is a program then, and the interpreter has done what it does before it comes to
 * that. With READY_AT_READ instead what opens it with fopen gets a stream, and who first reads that waits: for an interpreter
 * that opens the file first of all. Where a script starts the interpreter, this goes along to what takes its place, and to no
 * child. No part of the supervisor: languages with `ready: at-open` or `at-read` have it in their processes, and nothing of it in
 * their environment.
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

static const char PRELOAD[] = "LD_PRELOAD", AT_OPEN[] = "READY_AT_OPEN", AT_READ[] = "READY_AT_READ";

static char library[256], file[256]; /* whole paths */
static bool at_read;
static pid_t interpreter; /* or the script that starts it */
static int (*libc_execve)(const char *, char *const[], char *const[]); /* looked up ahead: a child between fork and exec may not */
static atomic_bool has_come;

/* ---- the environment ---- */

/* The bytes of the environment are what /proc tells. */
static bool take_variable(const char *name, char *value, size_t size) {
  char *found = getenv(name);
  if (found == NULL) return false;
  snprintf(value, size, "%s", found);
  unsetenv(name);
  memset(found - strlen(name) - 1, 0, strlen(name) + 1 + strlen(found));
  return true;
}

__attribute__((constructor)) static void leave_environment(void) {
  take_variable(PRELOAD, library, sizeof library);
  at_read = take_variable(AT_READ, file, sizeof file);
  take_variable(AT_OPEN, file, sizeof file);
  interpreter = getpid();
  *(void **)&libc_execve = dlsym(RTLD_NEXT, "execve");
}

/* What takes this process's place has it again, from a stack that is gone when that begins. */
#define WITH_OURS(environment)                                                        \
  size_t count = 0;                                                                   \
  while ((environment)[count] != NULL) count++;                                       \
  char preload[sizeof PRELOAD + sizeof library], ready[sizeof AT_OPEN + sizeof file]; \
  char *ours[count + 3];                                                              \
  snprintf(preload, sizeof preload, "%s=%s", PRELOAD, library);                       \
  snprintf(ready, sizeof ready, "%s=%s", at_read ? AT_READ : AT_OPEN, file);          \
  memcpy(ours, environment, count * sizeof *ours);                                    \
  memcpy(ours + count, (char *[]){preload, ready, NULL}, 3 * sizeof *ours)

static bool goes_along(void) {
  return !has_come && file[0] != 0 && getpid() == interpreter;
}

int execve(const char *path, char *const words[], char *const environment[]) {
  if (!goes_along() || environment == NULL) return libc_execve(path, words, environment);
  WITH_OURS(environment);
  return libc_execve(path, words, ours);
}

int execv(const char *path, char *const words[]) {
  return execve(path, words, environ);
}

int execvp(const char *name, char *const words[]) {
  if (!goes_along()) return execvpe(name, words, environ);
  WITH_OURS(environ);
  return execvpe(name, words, ours);
}

/* ---- the wait ---- */

static void wait_for_go(void) {
  char go;
  ssize_t got;
  do got = read(GO, &go, 1);
  while (got < 0 && errno == EINTR);
  if (got != 1) _exit(1); /* nobody is there to give it one */
  close(GO);
  has_come = true;
}

static void wait_once(void) {
  static once_flag once = ONCE_FLAG_INIT;
  call_once(&once, wait_for_go);
}

/* A relative path is one in the job's folder: nobody has left that. */
static bool is_awaited(const char *path) {
  if (has_come || file[0] == 0 || path == NULL) return false;
  const char *name = strrchr(file, '/') + 1;
  if (strncmp(path, "./", 2) == 0) path += 2;
  return strcmp(path, file) == 0 || strcmp(path, name) == 0;
}

static void wait_if_program(const char *path) {
  if (is_awaited(path)) wait_once();
}

/* ---- a stream that waits when it is read ---- */

static int opened = -1;

static ssize_t read_program(void *cookie, char *to, size_t size) {
  (void)cookie;
  wait_once();
  if (opened < 0) opened = open(file, O_RDONLY);
  return opened < 0 ? -1 : read(opened, to, size);
}

static int close_program(void *cookie) {
  (void)cookie;
  return opened < 0 ? 0 : close(opened);
}

static FILE *program_stream(void) {
  return fopencookie(NULL, "r", (cookie_io_functions_t){.read = read_program, .close = close_program});
}

/* ---- whoever asks for it ---- */

/* Each does what it would without this. */
#define AFTER_WAIT(type, name, parameters, arguments)            \
  type name parameters {                                         \
    static type(*next) parameters;                               \
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, #name); \
    wait_if_program(path);                                       \
    return next arguments;                                       \
  }

#define FOPEN_AFTER_WAIT(name)                                   \
  FILE *name(const char *path, const char *mode) {               \
    static FILE *(*next)(const char *, const char *);            \
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, #name); \
    if (at_read && is_awaited(path)) return program_stream();    \
    wait_if_program(path);                                       \
    return next(path, mode);                                     \
  }

FOPEN_AFTER_WAIT(fopen)
FOPEN_AFTER_WAIT(fopen64)
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
