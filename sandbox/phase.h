/* phase.h: compile or run: the main process, its output on the way to the runner, the limits, and what becomes of it all. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

struct stream {
  char kind;
  int fd;
  int64_t bytes;
};

/* One, while it lasts. */
extern struct phase {
  char kind; /* 'C', 'R'; 0 before go */
  pid_t main; /* 0 once it was reaped */
  int wait_status;
  int exec_pipe, program_stdin;
  struct stream streams[2];
  int64_t limit_ns, started_at, ended_at, cpu_before, memory_before, oom_kills_before;
  int64_t cpu_reaped, memory_reaped; /* of the processes that have ended, and theirs */
  bool reached_exec, executed, timed_out, output_limit, killed;
} phase;

/* With next_cell the next job's cell is made while the program runs. */
void start_phase(char kind, bool next_cell);

/* Looks whether the program was exec'ed. */
void check_exec(void);

/* Reads one chunk of the program's output straight into a frame. There must be room for it. */
void forward(struct stream *stream);

/* A process has been reaped that used this; the phase's main process has, and ended so. */
void note_usage(const struct rusage *usage);
void note_end(int status);

/* So has one that does not belong to it. */
void note_other_usage(const struct rusage *usage);

/* Its processes end, and its output goes to the runner whole; true if it was a compile step that has succeeded. */
bool finish_phase(void);

/* The compile step counts as failed after all; its stderr says why. */
void fail_compile(const char *format, const char *why);

void send_result(void);

/* The next job has nothing of them. */
void forget_phases(void);
