#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cell.h"
#include "ends.h"
#include "job.h"

enum { JOB_TEXT_BYTES = 1 << 20 /* the texts of frames together: exec must be able to take them */ };

static const int64_t LARGEST_NUMBER = 1000000000000; /* of a limit; in nanoseconds still an int64_t */

struct job job = {.time_limit_ms = -1, .compile_time_limit_ms = -1, .output_bytes = -1, .flags_at = -1};
bool cells, fork_server;

/* What the arguments alone say: every job starts from it. */
static struct job first;

/* The arguments and variables that frames brought. */
static struct {
  char bytes[JOB_TEXT_BYTES];
  size_t end;
} texts;

/* In the order of the file. */
static _Noreturn void usage(const char *problem);
static void keep_first(void);
static char *keep_text(const char *payload, size_t length);
static bool parse_number(const char *text, size_t length, int64_t *number);

/* ---- what the arguments say ---- */

void read_arguments(int count, char **words) {
  int at = 1, ready_words = 0;
  while (at < count && strcmp(words[at], "--run") != 0) {
    const char *name = words[at++];
    if (strcmp(name, "--cells") == 0) {
      cells = true;
      continue;
    }
    if (strcmp(name, "--fork-server") == 0) {
      fork_server = true;
      continue;
    }
    if (strcmp(name, "--tmpfs") == 0 || strcmp(name, "--tmpfs-noexec") == 0) {
      if (at + 2 > count) usage("--tmpfs needs a path and options");
      if (!add_tmpfs(words[at], words[at + 1], name[7] != 0)) usage("--tmpfs is there too often");
      at += 2;
      continue;
    }
    if (strcmp(name, "--ready") == 0) {
      while (at < count && strcmp(words[at], "--run") != 0) {
        if (ready_words == COMMAND_WORDS) usage("--ready is too long");
        job.ready[ready_words++] = words[at++];
      }
      continue;
    }
    if (strcmp(name, "--compile") == 0) {
      while (at < count && strcmp(words[at], "--run") != 0 && strcmp(words[at], "--ready") != 0) {
        if (job.compile_words == COMMAND_WORDS) usage("--compile is too long");
        job.compile[job.compile_words++] = words[at++];
      }
      if (job.compile_words == 0) usage("--compile needs a command");
      continue;
    }
    int64_t *number = strcmp(name, "--time-limit-ms") == 0 ? &job.time_limit_ms
      : strcmp(name, "--compile-time-limit-ms") == 0 ? &job.compile_time_limit_ms
      : strcmp(name, "--flags-at") == 0 ? &job.flags_at
      : strcmp(name, "--output-bytes") == 0 ? &job.output_bytes : NULL;
    if (at == count) usage("an option needs a value");
    const char *value = words[at++];
    if (strcmp(name, "--dir") == 0) job.dir = value;
    else if (strcmp(name, "--file") == 0) job.file = value;
    else if (number == NULL) usage("unknown option");
    else if (!parse_number(value, strlen(value), number)) usage("an option needs a number");
  }
  for (at++; at < count; at++) {
    if (job.run_words == COMMAND_WORDS) usage("--run is too long");
    job.run[job.run_words++] = words[at];
  }
  for (char **variable = environ; *variable != NULL; variable++) {
    if (job.variables == BASE_VARIABLES) usage("too many environment variables");
    job.environment[job.variables++] = *variable;
  }
  if (job.dir == NULL || job.time_limit_ms < 0 || job.output_bytes < 0 || job.run_words == 0)
    usage("--dir, --time-limit-ms, --output-bytes and --run are needed");
  if (job.compile_words > 0 && job.compile_time_limit_ms < 0) usage("--compile needs --compile-time-limit-ms");
  if (job.flags_at < 0) job.flags_at = job.compile_words;
  if (job.flags_at > job.compile_words) usage("--flags-at is behind the end of --compile");
  keep_first();
}

static _Noreturn void usage(const char *problem) {
  fprintf(stderr, "supervisor: %s\n", problem);
  _exit(EXIT_USAGE);
}

static void keep_first(void) {
  first = job;
}

void start_from_first(void) {
  job = first;
  texts.end = 0;
}

/* ---- what frames say ---- */

void add_argument(const char *payload, size_t length) {
  if (job.arguments_sent++ == JOB_TEXTS) fault(EXIT_MALFORMED, "malformed: too many arguments");
  job.run[job.run_words++] = keep_text(payload, length);
}

void set_variable(const char *payload, size_t length) {
  if (job.variables_sent++ == JOB_TEXTS) fault(EXIT_MALFORMED, "malformed: too many variables");
  char *variable = keep_text(payload, length);
  size_t name = strcspn(variable, "=");
  if (name == 0 || variable[name] == 0) fault(EXIT_MALFORMED, "malformed: variable without name or value");
  int at = 0;
  while (at < job.variables && strncmp(job.environment[at], variable, name + 1) != 0) at++;
  job.environment[at] = variable;
  if (at == job.variables) job.variables++;
}

void lower_limit(const char *payload, size_t length) {
  const struct { const char *name; int64_t *limit; } limits[] = {
    {"time_limit_ms=", &job.time_limit_ms},
    {"output_bytes=", &job.output_bytes},
    {"compile_time_limit_ms=", &job.compile_time_limit_ms},
  };
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    size_t name = strlen(limits[i].name);
    int64_t number;
    if (length <= name || memcmp(payload, limits[i].name, name) != 0) continue;
    if (!parse_number(payload + name, length - name, &number)) break;
    if (number < *limits[i].limit) *limits[i].limit = number;
    return;
  }
  fault(EXIT_MALFORMED, "malformed: limit");
}

void begin_with(const char *payload, size_t length) {
  check_path(payload, length);
  char *path = keep_text(payload, length);
  if (job.file == NULL || job.entry != NULL) fault(EXIT_MALFORMED, "malformed: no file to begin with, or a second one");
  job.entry = path;
  for (int i = 0; i < first.run_words; i++)
    if (strcmp(job.run[i], job.file) == 0) job.run[i] = path;
  for (int i = 0; i < job.compile_words; i++) {
    bool flag = i >= job.flags_at && i < job.flags_at + job.flags_sent;
    if (!flag && strcmp(job.compile[i], job.file) == 0) job.compile[i] = path;
  }
}

void add_flag(const char *payload, size_t length) {
  char *flag = keep_text(payload, length);
  if (job.compile_words == 0) fault(EXIT_MALFORMED, "malformed: a flag where nothing is compiled");
  if (job.flags_sent == FLAGS) fault(EXIT_MALFORMED, "malformed: too many flags");
  char **at = job.compile + job.flags_at + job.flags_sent++;
  memmove(at + 1, at, (size_t)(job.compile + job.compile_words++ - at) * sizeof *at);
  *at = flag;
}

void want_file(const char *payload, size_t length) {
  if (job.wanted_sent == WANTED) fault(EXIT_MALFORMED, "malformed: too many files are wanted");
  check_path(payload, length);
  job.wanted[job.wanted_sent++] = keep_text(payload, length);
}

void check_path(const char *path, size_t length) {
  if (length > PATH_BYTES) fault(EXIT_MALFORMED, "malformed: path of %zu bytes", length);
  if (length == 0 || memchr(path, 0, length) != NULL) fault(EXIT_MALFORMED, "malformed: path empty or with a NUL");
  for (size_t from = 0, to = 0; from <= length; from = ++to) {
    while (to < length && path[to] != '/') to++;
    size_t part = to - from;
    if (part == 0 || (part <= 2 && memcmp(path + from, "..", part) == 0))
      fault(EXIT_MALFORMED, "malformed: path with an empty part, . or ..");
  }
}

static char *keep_text(const char *payload, size_t length) {
  if (memchr(payload, 0, length) != NULL) fault(EXIT_MALFORMED, "malformed: NUL in an argument or variable");
  if (length + 1 > JOB_TEXT_BYTES - texts.end)
    fault(EXIT_MALFORMED, "malformed: more than 1 MiB of arguments and variables");
  char *kept = texts.bytes + texts.end;
  memcpy(kept, payload, length);
  kept[length] = 0;
  texts.end += length + 1;
  return kept;
}

/* Decimal digits only. */
static bool parse_number(const char *text, size_t length, int64_t *number) {
  int64_t value = 0;
  for (size_t i = 0; i < length; i++) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
    if (value > LARGEST_NUMBER) return false;
  }
  *number = value;
  return length > 0;
}
