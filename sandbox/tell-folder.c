#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tell-folder.h"

enum { ENTRIES_BYTES = 2 << 10 };

static const int64_t LAST_SECOND = 9000000000; /* in nanoseconds still an int64_t */

/* The kernel's own, since the C library's needs memory that a compiler may have used up. */
struct entry {
  unsigned long long inode, offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

static struct {
  char path[TOLD_PATH_BYTES + 2]; /* of what is told; a folder's ends with a slash meanwhile */
  int entries;
  size_t room;
  bool (*tell)(const struct told *entry);
} telling;

/* In the order of the file. Paths are so long. */
static bool tell_entries(int folder, size_t path, int depth);
static bool tell_entry(int folder, const char *name, size_t path, int depth);
static bool can_be_told(const struct stat *about);
static bool tell_opened(int fd, const struct stat *about);

bool tell_folder(int folder, bool (*tell)(const struct told *entry)) {
  telling.entries = TOLD_ENTRIES;
  telling.room = TOLD_BYTES;
  telling.tell = tell;
  struct stat about;
  int source = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool good = source >= 0 && fstat(source, &about) == 0 && (about.st_mode & 0700) == 0700 && tell_entries(source, 0, 0);
  if (source >= 0) close(source);
  return good;
}

static bool tell_entries(int folder, size_t path, int depth) {
  _Alignas(struct entry) char entries[ENTRIES_BYTES];
  long got;
  while ((got = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0)
    for (long at = 0; at < got; at += ((struct entry *)(entries + at))->length) {
      const char *name = ((struct entry *)(entries + at))->name;
      if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && !tell_entry(folder, name, path, depth)) return false;
    }
  return got == 0;
}

static bool tell_entry(int folder, const char *name, size_t path, int depth) {
  struct stat about;
  size_t length = strlen(name);
  if (depth == TOLD_DEPTH || path + length > TOLD_PATH_BYTES || telling.entries-- == 0) return false;
  if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) < 0 || !can_be_told(&about)) return false;
  int flags = S_ISDIR(about.st_mode) ? O_DIRECTORY : O_NONBLOCK | O_NOCTTY;
  int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
  if (fd < 0) return false;
  memcpy(telling.path + path, name, length + 1);
  bool good = true;
  if (S_ISDIR(about.st_mode)) {
    telling.path[path + length] = '/';
    good = tell_entries(fd, path + length + 1, depth + 1);
    telling.path[path + length] = 0;
  }
  good = good && tell_opened(fd, &about);
  close(fd);
  return good;
}

static bool can_be_told(const struct stat *about) {
  unsigned mode = about->st_mode & 07777;
  if (mode > 0777 || about->st_mtim.tv_sec < 0 || about->st_mtim.tv_sec > LAST_SECOND) return false;
  if (S_ISDIR(about->st_mode)) return (mode & 0500) == 0500;
  return S_ISREG(about->st_mode) && about->st_nlink == 1 && about->st_size <= TOLD_BYTES;
}

static bool tell_opened(int fd, const struct stat *about) {
  struct told told = {
    .kind = S_ISDIR(about->st_mode) ? 'D' : 'F',
    .mode = about->st_mode & 0777,
    .changed_ns = about->st_mtim.tv_sec * (int64_t)1000000000 + about->st_mtim.tv_nsec,
    .size = S_ISDIR(about->st_mode) ? 0 : (size_t)about->st_size,
    .path = telling.path,
    .fd = fd,
  };
  if (told.size > telling.room) return false;
  telling.room -= told.size;
  return telling.tell(&told);
}
