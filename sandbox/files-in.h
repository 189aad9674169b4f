/* files-in.h: the files that come in frames F and P, to the job's folder. They are not held here: what has come is written. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Makes the file of a frame whose payload will be so long, and of which so much is here. Answers how much of that was the file's
 * head, or 0 while that has not come. */
size_t begin_frame_of_file(char kind, const unsigned char *payload, size_t have, size_t length);

/* Until its last byte is written. */
bool file_goes_on(void);

/* Writes what belongs to the file; answers how much that was. */
size_t continue_file(const unsigned char *bytes, size_t have);
