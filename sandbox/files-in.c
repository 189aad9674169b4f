#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cell.h"
#include "ends.h"
#include "files-in.h"
#include "job.h"
#include "small-things.h"

enum {
  FILE_HEAD = 2, /* of F before its path */
  TOLD_HEAD = 13, /* of P before its path */
};

/* The file that is being received. */
static int file = -1;
static size_t file_left;
static struct { bool told; unsigned mode; struct timespec changed; } file_looks; /* of P */

/* In the order of the file. */
static void begin_file(const char *path, size_t length, bool is_folder);

/* What it looks like comes before its path, if it was told. */
size_t begin_frame_of_file(char kind, const unsigned char *payload, size_t have, size_t length) {
  bool told = kind == 'P';
  size_t head = told ? TOLD_HEAD : FILE_HEAD;
  if (length < head) fault(EXIT_MALFORMED, "malformed: %c frame without a path", kind);
  if (have < head) return 0;
  const unsigned char *path = payload + head;
  size_t bytes = (size_t)path[-2] << 8 | path[-1];
  if (bytes > PATH_BYTES || bytes + head > length) fault(EXIT_MALFORMED, "malformed: path of %zu bytes", bytes);
  if (have < head + bytes) return 0;
  file_left = length - head - bytes;
  file_looks.told = told;
  if (told) {
    uint64_t changed = 0;
    for (int i = 3; i < 11; i++) changed = changed << 8 | payload[i];
    file_looks.mode = (unsigned)payload[1] << 8 | payload[2];
    file_looks.changed = (struct timespec){(time_t)(changed / 1000000000), (long)(changed % 1000000000)};
    unsigned needed = payload[0] == 'D' ? 0500 : 0;
    bool known = payload[0] == 'F' || (payload[0] == 'D' && file_left == 0);
    if (!known || file_looks.mode > 0777 || (file_looks.mode & needed) != needed || changed > INT64_MAX)
      fault(EXIT_MALFORMED, "malformed: nothing that was told");
  }
  begin_file((const char *)path, bytes, told && payload[0] == 'D');
  return head + bytes;
}

/* Makes the file's folders and opens it, or the folder. Nothing hostile has run yet; no link is followed all the same. */
static void begin_file(const char *path, size_t length, bool is_folder) {
  char name[PATH_BYTES + 1];
  check_path(path, length);
  memcpy(name, path, length);
  name[length] = 0;

  int folder = cells ? cell_folder() : open(job.dir, O_DIRECTORY | O_CLOEXEC);
  char *part = name, *slash;
  do {
    slash = strchr(part, '/');
    if (slash != NULL) *slash = 0;
    if (folder < 0) break;
    int next;
    if (slash == NULL && !is_folder) {
      next = openat(folder, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    } else {
      next = mkdirat(folder, part, 0755) == 0 || errno == EEXIST
        ? openat(folder, part, O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
      if (slash != NULL) part = slash + 1;
    }
    int problem = errno;
    close(folder);
    errno = problem;
    folder = next;
  } while (slash != NULL);

  if (folder < 0 && (errno == EEXIST || errno == ENOTDIR || errno == ELOOP))
    fault(EXIT_MALFORMED, "malformed: two files for one path: %.*s", (int)length, path);
  if (folder < 0) fault(EXIT_FAULT, "cannot write file %.*s: %s", (int)length, path, strerror(errno));
  file = folder;
}

bool file_goes_on(void) {
  return file >= 0;
}

size_t continue_file(const unsigned char *bytes, size_t have) {
  size_t written = 0;
  while (file_left > 0 && written < have) {
    size_t here = have - written;
    ssize_t put = write(file, bytes + written, here < file_left ? here : file_left);
    if (put <= 0) fault(EXIT_FAULT, "cannot write file: %s", strerror(errno));
    written += (size_t)put;
    file_left -= (size_t)put;
  }
  if (file_left > 0) return written;
  const struct timespec times[2] = {file_looks.changed, file_looks.changed};
  if (file_looks.told && (fchmod(file, file_looks.mode) < 0 || futimens(file, times) < 0))
    fault(EXIT_FAULT, "cannot write file: %s", strerror(errno));
  close_fd(&file);
  return written;
}
