/* job.h: the job: what the arguments say, and what frames before go add to that or lower. A malformed frame is a fault. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tell-folder.h"

enum {
  PATH_BYTES = TOLD_PATH_BYTES,
  COMMAND_WORDS = 64,           /* of --compile and of --run, each */
  JOB_TEXTS = 256,              /* A frames; E frames */
  FLAGS = 32,                   /* C frames */
  WANTED = 16,                  /* W frames */
  BASE_VARIABLES = 256,
};

extern struct job {
  const char *dir, *file, *entry, *wanted[WANTED];
  int64_t time_limit_ms, compile_time_limit_ms, output_bytes, flags_at;
  char *compile[COMMAND_WORDS + FLAGS + 1];
  char *ready[COMMAND_WORDS + 1];
  char *run[COMMAND_WORDS + JOB_TEXTS + 1];
  char *environment[BASE_VARIABLES + JOB_TEXTS + 1];
  int compile_words, run_words, variables, flags_sent, arguments_sent, variables_sent, wanted_sent;
  bool hold, made, tell, restored;
} job;

extern bool cells, fork_server; /* for all jobs */

/* Exits if they are wrong. */
void read_arguments(int count, char **words);

/* All that frames have brought is forgotten. */
void start_from_first(void);

/* Payloads of frames: A, E, L, B, C and W. */
void add_argument(const char *payload, size_t length);
void set_variable(const char *payload, size_t length);
void lower_limit(const char *payload, size_t length);
void begin_with(const char *payload, size_t length);
void add_flag(const char *payload, size_t length);
void want_file(const char *payload, size_t length);

/* Relative to the job's folder, and never out of it. */
void check_path(const char *path, size_t length);
