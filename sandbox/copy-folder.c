#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "copy-folder.h"

enum { DEPTH = 32, ENTRIES_BYTES = 2 << 10, BLOCK = 64 << 10 };

/* The kernel's own, since the C library's needs memory that a program may have used up. */
struct entry {
  unsigned long long inode, offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

/* In the order of the file. Each closes what it is given. */
static bool copy_entries(int from, int to, int depth);
static bool copy_entry(int from, int to, const char *name, int depth);
static bool copy_file(int in, int out, const struct stat *about);
static bool copy_link(int from, int to, const char *name);
static bool closed(int fd, bool result);

bool copy_folder(int from, int to) {
  int source = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int target = openat(to, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return copy_entries(source, target, 0);
}

static bool copy_entries(int from, int to, int depth) {
  _Alignas(struct entry) char entries[ENTRIES_BYTES];
  long got = from < 0 || to < 0 ? -1 : 0;
  bool good = got == 0;
  while (good && (got = syscall(SYS_getdents64, from, entries, sizeof entries)) > 0)
    for (long at = 0; good && at < got; at += ((struct entry *)(entries + at))->length) {
      const char *name = ((struct entry *)(entries + at))->name;
      if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0) good = copy_entry(from, to, name, depth);
    }
  return closed(from, closed(to, good && got == 0));
}

static bool copy_entry(int from, int to, const char *name, int depth) {
  struct stat about;
  if (fstatat(from, name, &about, AT_SYMLINK_NOFOLLOW) < 0) return false;
  if (S_ISLNK(about.st_mode)) return copy_link(from, to, name);
  if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) return true;
  int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC;
  int source = openat(from, name, S_ISDIR(about.st_mode) ? flags | O_DIRECTORY : flags);
  if (source < 0) return errno == EACCES;
  if (S_ISREG(about.st_mode))
    return copy_file(source, openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600), &about);
  if (depth == DEPTH) {
    errno = ELOOP;
    return closed(source, false);
  }
  bool good = mkdirat(to, name, 0700) == 0;
  int target = good ? openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
  /* The mode last: the folder may be one that nobody may write to. */
  return copy_entries(source, target, depth + 1) && fchmodat(to, name, about.st_mode & 0777, 0) == 0;
}

static bool copy_file(int in, int out, const struct stat *about) {
  static char block[BLOCK];
  ssize_t got = out < 0 ? -1 : 0;
  while (out >= 0 && (got = read(in, block, sizeof block)) > 0)
    if (write(out, block, (size_t)got) != got) {
      errno = ENOSPC;
      got = -1;
      break;
    }
  const struct timespec times[2] = {about->st_atim, about->st_mtim};
  bool good = got == 0 && fchmod(out, about->st_mode & 0777) == 0 && futimens(out, times) == 0;
  return closed(in, closed(out, good));
}

static bool copy_link(int from, int to, const char *name) {
  char target[PATH_MAX];
  ssize_t length = readlinkat(from, name, target, sizeof target - 1);
  if (length < 0) return false;
  target[length] = 0;
  return symlinkat(target, to, name) == 0;
}

static bool closed(int fd, bool result) {
  int problem = errno;
  if (fd >= 0) close(fd);
  errno = problem;
  return result;
}
