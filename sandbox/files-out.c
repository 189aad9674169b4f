#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cell.h"
#include "ends.h"
#include "files-out.h"
#include "frames-out.h"
#include "job.h"
#include "small-things.h"
#include "tell-folder.h"

enum {
  ENTRY_HEAD = 15, /* of T before its path */
  WANTED_BYTES = 256 << 10, /* of one file */
  WANTED_TOGETHER = 512 << 10,
  RESERVE = 256 << 10,
  PAGE = 4 << 10,
};

/* Memory for the way out of wanted files: their pages in pipes are the container's, and the program may have filled
 * all that there was with its files. */
static _Alignas(PAGE) char reserve[RESERVE];

/* In the order of the file. */
static void give_reserve_back(void);
static bool tell_entry(const struct told *entry);
static char open_wanted(const char *path, int *fd);

void keep_reserve(void) {
  memset(reserve, 1, sizeof reserve);
}

static void give_reserve_back(void) {
  madvise(reserve, sizeof reserve, MADV_DONTNEED);
}

/* ---- what a compile step has made ---- */

void tell_made(int given) {
  give_reserve_back();
  int folder = given >= 0 ? fcntl(given, F_DUPFD_CLOEXEC, 0)
    : cells ? cell_folder() : open(job.dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  bool all = folder >= 0 && tell_folder(folder, tell_entry);
  close_fd(&folder);
  make_room(HEADER + 1);
  put_frame('Z', all ? "A" : "N", 1);
  if (job.wanted_sent > 0) keep_reserve();
}

static bool tell_entry(const struct told *entry) {
  size_t path = strlen(entry->path), left = entry->size;
  char head[ENTRY_HEAD + PATH_BYTES] = {entry->kind, (char)(entry->mode >> 8), (char)entry->mode};
  for (int i = 0; i < 8; i++) head[3 + i] = (char)(entry->changed_ns >> (56 - 8 * i));
  for (int i = 0; i < 4; i++) head[11 + i] = (char)(left >> (24 - 8 * i));
  memcpy(head + ENTRY_HEAD, entry->path, path);
  make_room(HEADER + ENTRY_HEAD + path);
  put_frame('T', head, ENTRY_HEAD + path);
  while (left > 0) {
    size_t most = left < CHUNK ? left : CHUNK;
    make_room(HEADER + most);
    ssize_t got = read(entry->fd, payload_place(), most);
    if (got <= 0) return false;
    put_frame('C', NULL, (size_t)got);
    left -= (size_t)got;
  }
  return true;
}

/* ---- what is wanted of the folder ---- */

void send_wanted(void) {
  size_t room = WANTED_TOGETHER;
  if (job.wanted_sent > 0 || job.tell) give_reserve_back();
  for (int i = 0; i < job.wanted_sent; i++) {
    int fd = -1;
    struct stat about = {0};
    char what = open_wanted(job.wanted[i], &fd);
    if (what == 'F' && fstat(fd, &about) < 0) fault(EXIT_FAULT, "cannot look at a file: %s", strerror(errno));
    if (what == 'F' && !S_ISREG(about.st_mode)) what = 'N';
    if (what == 'F' && (about.st_size > WANTED_BYTES || (size_t)about.st_size > room)) what = 'L';
    size_t left = what == 'F' ? (size_t)about.st_size : 0;
    room -= left;
    const char head[5] = {what, (char)(left >> 24), (char)(left >> 16), (char)(left >> 8), (char)left};
    wait_for_output(HEADER + CHUNK);
    put_frame('W', head, sizeof head);
    while (left > 0) {
      wait_for_output(HEADER + CHUNK);
      ssize_t got = read(fd, payload_place(), left < CHUNK ? left : CHUNK);
      if (got <= 0) fault(EXIT_FAULT, "cannot read a file: %s", got < 0 ? strerror(errno) : "it ends early");
      put_frame('D', NULL, (size_t)got);
      left -= (size_t)got;
    }
    close_fd(&fd);
  }
}

/* 'F' with a descriptor of whatever has that path, or why not. No link is followed, nothing is waited for. */
static char open_wanted(const char *path, int *fd) {
  char name[PATH_BYTES + 1], *part = name, *slash;
  strcpy(name, path);
  *fd = cells ? cell_folder() : open(job.dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  do {
    slash = strchr(part, '/');
    if (slash != NULL) *slash = 0;
    int flags = slash != NULL ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK | O_NOCTTY;
    int next = *fd < 0 ? -1 : openat(*fd, part, flags | O_NOFOLLOW | O_CLOEXEC);
    int problem = errno;
    close_fd(fd);
    errno = problem;
    *fd = next;
    if (slash != NULL) part = slash + 1;
  } while (slash != NULL && *fd >= 0);
  if (*fd >= 0) return 'F';
  if (errno == ENOENT) return 'M';
  if (errno == ELOOP || errno == ENOTDIR || errno == ENXIO || errno == ENODEV) return 'N';
  if (errno == EACCES || errno == EPERM || errno == EAGAIN) return 'U'; /* the last one: a lease on it */
  fault(EXIT_FAULT, "cannot open %s: %s", path, strerror(errno));
}
