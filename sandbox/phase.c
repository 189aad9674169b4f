#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cell.h"
#include "counters.h"
#include "ends.h"
#include "fork-server.h"
#include "frames-out.h"
#include "job.h"
#include "phase.h"
#include "processes.h"
#include "program-stdin.h"
#include "program.h"
#include "small-things.h"

enum { RESULT_TEXT = 1 << 10, COMPLAINT_TEXT = 256 };

struct phase phase;
static int64_t compile_wall_us = -1;

/* In the order of the file. */
static int64_t cpu_us_of(const struct rusage *usage);
static void end_processes(void);
static void await_maker(void);
static const char *or_null(char *text, size_t size, bool known, int64_t number);

/* ---- its begin ---- */

void start_phase(char kind, bool next_cell) {
  bool compiling = kind == 'C', second = !compiling && job.compile[0] != NULL && !job.made;
  if (waiting_pid()) reap(false); /* it may have died */
  bool changed = job.arguments_sent > 0 || job.variables_sent > 0 || job.entry != NULL;
  if (waiting_pid() && (compiling || changed)) forget_waiting();
  phase = (struct phase){
    .kind = kind,
    .limit_ns = (compiling ? job.compile_time_limit_ms : job.time_limit_ms) * 1000000,
    .started_at = now(), /* until it tells better */
    .cpu_before = read_counter(CPU_US),
    .memory_before = second ? phase.memory_before : read_counter(MEMORY_BYTES),
    .memory_reaped = second ? phase.memory_reaped : 0,
    .oom_kills_before = read_counter(OOM_KILLS),
  };
  if (next_cell && !compiling) begin_next_cell(job.dir);
  struct program program = waiting_pid() ? take_waiting()
    : compiling ? start_program(job.compile, environ, false, false)
    : start_program(job.run, job.environment, true, false);
  phase.main = program.pid;
  phase.exec_pipe = program.exec_pipe;
  phase.program_stdin = program.in;
  phase.streams[0] = (struct stream){'O', program.out, 0};
  phase.streams[1] = (struct stream){'E', program.err, 0};
  if (program.go >= 0) {
    check_exec(); /* most likely that was long ago */
    phase.started_at = now();
    if (write(program.go, "g", 1) < 0) {} /* it has died, then, and will be reaped */
    close(program.go);
  }
  if (!compiling) feed_program();
}

void check_exec(void) {
  int64_t word;
  ssize_t got;
  while ((got = read(phase.exec_pipe, &word, sizeof word)) == sizeof word) {
    const char *command = phase.kind == 'C' ? job.compile[0] : job.run[0];
    if (word < 0) fault(EXIT_FAULT, "cannot run %s: %s", command, strerror((int)-word));
    phase.started_at = word;
    phase.reached_exec = true;
  }
  if (got < 0) return; /* not there yet */
  close_fd(&phase.exec_pipe);
  phase.executed = phase.reached_exec; /* if not, it was killed on its way */
  if (phase.executed) put_frame('P', &phase.kind, 1);
}

/* ---- while it lasts ---- */

void forward(struct stream *stream) {
  ssize_t got = read(stream->fd, payload_place(), CHUNK);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    close_fd(&stream->fd);
    return;
  }
  int64_t left = stream->bytes < job.output_bytes ? job.output_bytes - stream->bytes : 0;
  stream->bytes += got;
  if (left > 0) put_frame(stream->kind, NULL, (size_t)(got < left ? got : left));
  if (got > left) {
    phase.output_limit = true;
    close_fd(&stream->fd);
  }
}

void note_usage(const struct rusage *usage) {
  phase.cpu_reaped += cpu_us_of(usage);
  if (usage->ru_maxrss * (int64_t)1024 > phase.memory_reaped) phase.memory_reaped = usage->ru_maxrss * (int64_t)1024;
}

void note_end(int status) {
  phase.main = 0;
  phase.wait_status = status;
  phase.ended_at = now();
}

/* The cgroup has counted it as well. */
void note_other_usage(const struct rusage *usage) {
  phase.cpu_before += cpu_us_of(usage);
}

static int64_t cpu_us_of(const struct rusage *usage) {
  struct timeval user = usage->ru_utime, system = usage->ru_stime;
  return (user.tv_sec + system.tv_sec) * (int64_t)1000000 + user.tv_usec + system.tv_usec;
}

/* ---- its end ---- */

/* Everything is dead after kill_everything, so what is not in the pipes now will never be: an empty pipe is
 * enough, even if its end is held by something that the kernel has yet to free (a descriptor on its way
 * through a socket). */
bool finish_phase(void) {
  end_processes();
  if (!phase.executed && phase.exec_pipe >= 0) check_exec();
  for (bool more = true; more;) {
    more = false;
    for (int i = 0; i < 2; i++) {
      struct stream *stream = &phase.streams[i];
      int64_t before = stream->bytes;
      wait_for_output(HEADER + CHUNK);
      if (stream->fd >= 0) forward(stream);
      if (stream->bytes != before) more = true;
    }
  }
  for (int i = 0; i < 2; i++) close_fd(&phase.streams[i].fd);
  close_fd(&phase.program_stdin);
  close_fd(&phase.exec_pipe);

  bool limit = phase.timed_out || phase.output_limit || phase.killed;
  if (phase.kind == 'C') compile_wall_us = (phase.ended_at - phase.started_at) / 1000;
  return phase.kind == 'C' && !limit && phase.wait_status == 0;
}

/* The server may stay if there is nothing else: then the program's main process has ended, and whatever it left. */
static void end_processes(void) {
  if (phase.main == 0 && cell_maker() != 0) await_maker();
  if (server_pid() != 0 && phase.main == 0) reap(false);
  if (server_pid() == 0 || read_counter(TASKS) != 2) kill_everything();
}

static void await_maker(void) {
  struct pollfd fd = {children_descriptor(), POLLIN, 0};
  end_maker();
  for (reap(false); cell_maker() != 0; reap(false)) poll(&fd, 1, -1);
}

void fail_compile(const char *format, const char *why) {
  char text[COMPLAINT_TEXT];
  int length = snprintf(text, sizeof text, format, why);
  int64_t room = job.output_bytes - phase.streams[1].bytes;
  if (length > room) length = (int)room;
  wait_for_output(HEADER + CHUNK);
  if (length > 0) put_frame('E', text, (size_t)length);
  phase.streams[1].bytes += length;
  phase.wait_status = W_EXITCODE(1, 0);
}

void send_result(void) {
  int64_t cpu = read_counter(CPU_US), memory = read_counter(MEMORY_BYTES), kills = read_counter(OOM_KILLS);
  cpu = cpu >= 0 ? cpu - phase.cpu_before : phase.cpu_reaped;
  /* The container's peak is this job's if it rose. Otherwise an earlier job needed more, and the largest of
   * this one's processes is told. */
  if (memory < 0 || (cells && memory <= phase.memory_before)) memory = phase.memory_reaped;

  int status = phase.wait_status;
  char code[24], signal_number[24], compile_wall[24], text[RESULT_TEXT];
  int length = snprintf(
    text, sizeof text,
    "{\"phase\":\"%s\",\"exit_code\":%s,\"signal\":%s,\"wall_us\":%" PRId64 ",\"cpu_us\":%" PRId64
    ",\"memory_bytes\":%" PRId64 ",\"timed_out\":%s,\"output_limit\":%s,\"killed\":%s,\"oom_kills\":%" PRId64
    ",\"stdout_bytes\":%" PRId64 ",\"stderr_bytes\":%" PRId64 ",\"compile_wall_us\":%s}",
    phase.kind == 'C' ? "compile" : "run", or_null(code, sizeof code, WIFEXITED(status), WEXITSTATUS(status)),
    or_null(signal_number, sizeof signal_number, WIFSIGNALED(status), WTERMSIG(status)),
    (phase.ended_at - phase.started_at) / 1000, cpu, memory, phase.timed_out ? "true" : "false",
    phase.output_limit ? "true" : "false", phase.killed ? "true" : "false", kills - phase.oom_kills_before,
    phase.streams[0].bytes, phase.streams[1].bytes,
    or_null(compile_wall, sizeof compile_wall, compile_wall_us >= 0, compile_wall_us));
  put_frame('R', text, (size_t)length);
  wait_for_all_output();
}

static const char *or_null(char *text, size_t size, bool known, int64_t number) {
  snprintf(text, size, known ? "%" PRId64 : "null", number);
  return text;
}

void forget_phases(void) {
  phase = (struct phase){.exec_pipe = -1, .program_stdin = -1, .streams = {{'O', -1, 0}, {'E', -1, 0}}};
  compile_wall_us = -1;
}
