/* tell-folder.h: what a folder holds, told one by one, so that another folder can become the same. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOLD_PATH_BYTES = 255, TOLD_ENTRIES = 256, TOLD_DEPTH = 16, TOLD_BYTES = 8 << 20 };

struct told {
  char kind; /* 'F' a file, 'D' a folder */
  unsigned mode;
  int64_t changed_ns; /* since 1970 */
  size_t size; /* of a file */
  const char *path;
  int fd; /* at its begin */
};

/* Tells of files, and of a folder when all that is in it has been told, until `tell` answers false. False then, and as soon as
 * there is what would not come out the same (a link, a second name of one file, a pipe, a socket, what cannot be read, a mode or
 * a time out of the common), or too much of it. No link is followed, nothing is waited for. */
bool tell_folder(int folder, bool (*tell)(const struct told *entry));
