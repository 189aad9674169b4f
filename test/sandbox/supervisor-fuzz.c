/* supervisor-fuzz.c: libFuzzer's way into the supervisor, whose own files it includes, but for those that it plays.
 *
 * The loop, the frames, files, texts, limits and the result are the supervisor's, executed as they are. What ends
 * or forks, signals or waits is played by the functions below: no process is ever made or killed, an exit goes
 * back to the harness, the clock is counted, and a made-up program has real pipes. So a run depends on its input
 * only, and some ten thousand fit into a second.
 *
 * With cells one job follows the other; a cell is the folder, emptied.
 *
 * An input is six bytes and a stream: flags of how bytes come and go, how much the program prints, how it ends,
 * how often the stream is repeated, and from which byte on (u16 big-endian).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void play_exit(int code);
static pid_t play_fork(int in, int out, int err, int exec_pipe);
static int play_kill(pid_t pid, int number);
static pid_t play_wait(int *status, int flags, struct rusage *usage);
static int play_poll(struct pollfd *fds, nfds_t count, int timeout);
static ssize_t play_read(int fd, void *bytes, size_t size);
static ssize_t play_write(int fd, const void *bytes, size_t size);
static int play_clock(struct timespec *time);
static int check_name(int folder, const char *name);

#define main supervisor_main
#define getpid() 1
#define _exit(code) play_exit(code)
#define fork() play_fork(in[0], out[1], err[1], exec_pipe[1])
#define kill(pid, number) play_kill(pid, number)
#define wait4(pid, status, flags, usage) play_wait(status, flags, usage)
#define raise(number) 0
#define poll(fds, count, timeout) play_poll(fds, count, timeout)
#define read(fd, bytes, size) play_read(fd, bytes, size)
#define write(fd, bytes, size) play_write(fd, bytes, size)
#define clock_gettime(clock, time) play_clock(time)
#define openat(folder, name, ...) openat(check_name(folder, name), name, __VA_ARGS__)
#define mkdirat(folder, name, mode) mkdirat(check_name(folder, name), name, mode)
#include "counters.c"
#include "ends.c"
#include "files-in.c"
#include "files-out.c"
#include "frames-out.c"
#include "job.c"
#include "phase.c"
#include "processes.c"
#include "program-stdin.c"
#include "program.c"
#include "supervisor.c"
#undef getpid
#undef _exit
#undef fork
#undef kill
#undef wait4
#undef raise
#undef poll
#undef read
#undef write
#undef clock_gettime
#undef openat
#undef mkdirat

enum {
  HEAD = 6,
  MAIN = 2, /* the program's pid */
  OUTPUT_LIMIT = 5000,
  STREAM_AT_MOST = 4 << 20, /* with all repetitions */
  POLLS_AT_MOST = 4 << 20,
  PIECE = 4096, /* what the program reads or writes at once */
};

static const size_t CHUNKS[] = {1, 5, 1000, SIZE_MAX};
static const int OUTPUTS[] = {0, 1, OUTPUT_LIMIT, 3 * OUTPUT_LIMIT};

enum ending { EXITS, IS_KILLED, NEVER_ENDS, NO_EXEC, DIES_BEFORE_EXEC, NO_FORK, ENDINGS };

static jmp_buf back;
static int64_t clock_ns;
static long polls;
static bool files_made, next_cell;

/* What comes over fd 0. */
static struct {
  const uint8_t *bytes;
  size_t size, at, chunk, again, times;
  bool stays_open; /* after its end, once the job was sent, as a runner's does */
} source;

/* What went out over fd 1. */
static struct {
  uint8_t bytes[1 << 20];
  size_t end;
  unsigned writes;
  bool slow, full;
} sink;

static struct {
  bool compiles, reads, alive, reaped, started;
  enum ending ending;
  int in, out, err, exec_pipe, status, output, left;
} program;

/* Not assert: the sanitizers print where it was. */
static void must(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "broken promise: %s\n", what);
  abort();
}

/* ---- one run ---- */

/* A folder that nobody may write to cannot be emptied. */
static int open_one(const char *path, const struct stat *about, int type, struct FTW *where) {
  (void)about, (void)where;
  if (type == FTW_D) must(chmod(path, 0755) == 0, "a folder of the job cannot be opened");
  return 0;
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *where) {
  (void)about, (void)type;
  if (where->level > 0) must(remove(path) == 0, "a file of the job's folder cannot be removed");
  return 0;
}

static void start_anew(const uint8_t *head, size_t size) {
  memset(&job, 0, sizeof job);
  memset(&phase, 0, sizeof phase);
  memset(&program, 0, sizeof program);
  texts.end = input.start = input.end = output.start = output.end = sink.end = 0;
  program_stdin.start = program_stdin.end = sink.writes = 0;
  program_stdin.ended = input.stalled = sink.full = files_made = false;
  file = children = -1;
  file_left = 0;
  compile_wall_us = -1;
  between_jobs = came_ahead = input.next_job = next_cell = false;
  held = -1;
  clock_ns = 1;
  polls = 0;

  job.dir = "job";
  job.file = "run";
  job.time_limit_ms = 1000;
  job.compile_time_limit_ms = 500;
  job.output_bytes = OUTPUT_LIMIT;
  while (job.run_words < COMMAND_WORDS) job.run[job.run_words++] = "run"; /* the longest that there may be */
  while (job.variables < BASE_VARIABLES) job.environment[job.variables++] = "PATH=/bin";
  if (head[0] & 1)
    for (; job.compile_words < COMMAND_WORDS; job.compile_words++)
      job.compile[job.compile_words] = job.compile_words == 0 ? "compile" : "run";
  job.flags_at = job.compile_words / 2;
  cells = head[0] & 64;
  keep_first();
  program.reads = head[0] & 2;
  sink.slow = head[0] & 4;
  program.output = OUTPUTS[head[1] % 4];
  program.ending = head[2] % ENDINGS;
  source.bytes = head + HEAD;
  source.size = size;
  source.at = 0;
  source.chunk = size > PIECE ? SIZE_MAX : CHUNKS[head[0] >> 3 & 3];
  source.stays_open = head[0] & 32;
  source.again = (size_t)head[4] << 8 | head[5];
  source.times = source.again < size && head[3] * (size - source.again) < STREAM_AT_MOST ? head[3] : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < HEAD) return -1;
  const int first_free = dup(STDIN_FILENO);
  start_anew(data, size - HEAD);
  if (setjmp(back) == 0) serve();
  close_range((unsigned)first_free, ~0U, 0);
  drop_cell();
  return 0;
}

bool add_tmpfs(const char *path, const char *options, bool noexec) { return path && options && noexec; }

bool make_cell(const char *folder, char *problem, size_t size) { return folder && problem && size; }

/* It is the same folder, emptied in time. */
bool begin_next_cell(const char *folder) {
  next_cell = true;
  return folder != NULL;
}

bool use_next_cell(void) {
  bool made = next_cell;
  next_cell = false;
  return made;
}

pid_t cell_maker(void) { return 0; }

void forget_maker(void) {}

void end_maker(void) {}

int cell_folder(void) { return open("job", O_DIRECTORY | O_CLOEXEC); }

bool enter_cell(void) { return true; }

/* A supervisor without --ready asks for no server. */
bool start_server(char **command, char **environment) { return command && environment; }

pid_t server_pid(void) { return 0; }

pid_t fork_from_server(const int ends[ENDS]) { return ends == NULL; }

void forget_server(void) {}

/* The folder is emptied when the cell is dropped, so there is nothing to copy. */
bool copy_folder(int from, int to) { return from >= 0 && to >= 0; }

void drop_cell(void) {
  if (files_made) nftw("job", open_one, 8, FTW_PHYS);
  if (files_made) nftw("job", remove_one, 8, FTW_DEPTH | FTW_PHYS);
  files_made = false;
}

int LLVMFuzzerInitialize(int *count, char ***words) {
  (void)count, (void)words;
  must(mkdir("job", 0755) == 0 || errno == EEXIST, "no folder for the job");
  signal(SIGPIPE, SIG_IGN);
  return 0;
}

/* ---- what must hold ---- */

static void check_buffers(void) {
  must(input.start <= input.end && input.end <= sizeof input.bytes, "input is out of bounds");
  must(output.start <= output.end && output.end <= sizeof output.bytes, "output is out of bounds");
  must(program_stdin.start <= program_stdin.end && program_stdin.end <= STDIN_BYTES, "stdin is out of bounds");
  must(texts.end <= JOB_TEXT_BYTES, "texts are out of bounds");
  must(job.run_words <= COMMAND_WORDS + JOB_TEXTS && job.run[job.run_words] == NULL, "arguments are out of bounds");
  must(job.compile_words <= COMMAND_WORDS + FLAGS && job.compile[job.compile_words] == NULL, "flags are out of bounds");
  must(job.variables <= BASE_VARIABLES + JOB_TEXTS && job.environment[job.variables] == NULL,
       "variables are out of bounds");
  must(job.time_limit_ms <= 1000 && job.compile_time_limit_ms <= 500 && job.output_bytes <= OUTPUT_LIMIT,
       "a limit was raised");
}

/* One name inside a folder that was opened on the way, and nothing else. */
static int check_name(int folder, const char *name) {
  must(folder >= 3, "a path does not start in the job's folder");
  must(*name != 0 && strchr(name, '/') == NULL && strcmp(name, ".") != 0 && strcmp(name, "..") != 0,
       "a path has a part that leads elsewhere");
  files_made = true;
  return folder;
}

static bool begins(const uint8_t *payload, size_t length, const char *with) {
  return length >= strlen(with) && memcmp(payload, with, strlen(with)) == 0;
}

/* The frames that were sent make sense, and the exit code says the same. */
static void check_frames(int code) {
  must(cells || !sink.full, "more was sent than the limits allow");
  if (sink.full) return; /* by many jobs */
  size_t sent[2] = {0, 0}, wanted = 0, wanted_left = 0, wanted_bytes = 0, told = 0, told_left = 0, told_bytes = 0;
  char phases[3] = "", last = 0;
  for (size_t at = 0, length; at < sink.end; at += HEADER + length) {
    const uint8_t *frame = sink.bytes + at;
    must(at + HEADER <= sink.end, "half a header");
    length = (size_t)frame[0] << 24 | (size_t)frame[1] << 16 | (size_t)frame[2] << 8 | frame[3];
    must(at + HEADER + length <= sink.end, "half a frame");
    must(last != '!' && (last == 'R') == (frame[4] == 'N'), "a frame after the last one");
    last = (char)frame[4];
    switch (last) {
      case 'N':
        must(cells && length == 0, "ready for a job that cannot be");
        sent[0] = sent[1] = wanted = wanted_bytes = told = told_bytes = 0;
        phases[0] = phases[1] = 0;
        break;
      case 'P':
        must(length == 1 && strlen(phases) < 2, "an impossible phase");
        phases[strlen(phases)] = (char)frame[HEADER];
        break;
      case 'O':
      case 'E':
        must(length >= 1 && length <= CHUNK && *phases != 0, "an impossible chunk");
        if (strchr(phases, 'R') != NULL) sent[last == 'E'] += length;
        break;
      case 'W':
        must(length == 5 && wanted_left == 0 && ++wanted <= WANTED && strchr("FMNUL", frame[HEADER]) != NULL,
             "an impossible file");
        wanted_left = (size_t)frame[HEADER + 2] << 16 | (size_t)frame[HEADER + 3] << 8 | frame[HEADER + 4];
        must(frame[HEADER + 1] == 0 && wanted_left <= WANTED_BYTES && (wanted_left == 0 || frame[HEADER] == 'F'),
             "an impossible size of a file");
        wanted_bytes += wanted_left;
        must(wanted_bytes <= WANTED_TOGETHER, "more files than are allowed together");
        break;
      case 'D':
        must(length >= 1 && length <= CHUNK && length <= wanted_left, "an impossible chunk of a file");
        wanted_left -= length;
        break;
      case 'T':
        must(length > 15 && length <= 15 + PATH_BYTES && told_left == 0 && ++told <= TOLD_ENTRIES && strcmp(phases, "C") == 0,
             "an impossible part of a folder");
        must(frame[HEADER] == 'F' || frame[HEADER] == 'D', "something of a folder that cannot be told");
        told_left = (size_t)frame[HEADER + 11] << 24 | (size_t)frame[HEADER + 12] << 16 |
          (size_t)frame[HEADER + 13] << 8 | frame[HEADER + 14];
        must(frame[HEADER] == 'F' || told_left == 0, "a folder with a size");
        told_bytes += told_left;
        must(told_bytes <= TOLD_BYTES, "more of a folder than is allowed together");
        break;
      case 'C':
        must(length >= 1 && length <= CHUNK && length <= told_left, "an impossible chunk of a folder's file");
        told_left -= length;
        break;
      case 'Z':
        must(length == 1 && (frame[HEADER] == 'N' || (frame[HEADER] == 'A' && told_left == 0)) && strcmp(phases, "C") == 0,
             "an impossible end of a folder");
        told_left = 0;
        break;
      case 'R':
        must(wanted_left == 0 && told_left == 0, "half a file");
        must(length <= RESULT_TEXT && begins(frame + HEADER, length, "{\"phase\":\""), "an impossible result");
        break;
      case '!':
        must(length < FAULT_TEXT && begins(frame + HEADER, length, "malformed: ") == (code == EXIT_MALFORMED),
             "another fault than the exit code tells");
        break;
      default:
        must(false, "a frame of unknown kind");
    }
  }
  must(strcmp(phases, "") == 0 || strcmp(phases, "R") == 0 || strcmp(phases, "C") == 0 ||
       strcmp(phases, "CR") == 0, "phases in a wrong order");
  if (!cells) must(sent[0] <= (size_t)job.output_bytes && sent[1] <= (size_t)job.output_bytes, "output over its limit");
  must(code == 0 || code == EXIT_MALFORMED || code == EXIT_FAULT || code == EXIT_RUNNER_GONE, "unknown exit code");
  bool served = last == 'R' || last == 'N'; /* who goes away between two jobs may not hear of the N any more */
  if (code == 0) must(phase.kind ? last == 'R' : sink.end == 0 || (cells && served), "no result where there must be one");
  if (code == EXIT_MALFORMED || code == EXIT_FAULT) must(last == '!', "a fault that was not told");
  must(!program.alive, "the program outlives its supervisor");
}

/* ---- the part of the kernel ---- */

static _Noreturn void play_exit(int code) {
  check_buffers();
  if (code != EXIT_RUNNER_GONE) check_frames(code);
  longjmp(back, 1);
}

static void end_program(int status) {
  program.alive = false;
  program.status = status;
  close_fd(&program.in);
  close_fd(&program.out);
  close_fd(&program.err);
  close_fd(&program.exec_pipe);
}

static int keep_nonblocking(int fd) {
  int kept = dup(fd);
  fcntl(kept, F_SETFL, fcntl(kept, F_GETFL) | O_NONBLOCK);
  return kept;
}

static pid_t play_fork(int in, int out, int err, int exec_pipe) {
  must(!program.alive, "two programs at once");
  if (program.ending == NO_FORK) {
    errno = EAGAIN;
    return -1;
  }
  program.alive = true;
  program.started = program.reaped = false;
  program.left = program.output;
  program.in = keep_nonblocking(in);
  program.out = keep_nonblocking(out);
  program.err = keep_nonblocking(err);
  program.exec_pipe = dup(exec_pipe);
  return MAIN;
}

/* The program does a little: it starts, or reads and prints a piece, or ends. */
static void go_on(void) {
  static char piece[PIECE];
  if (!program.alive) return;
  if (!program.started) {
    program.started = true;
    int64_t word = program.ending == NO_EXEC ? -ENOENT : clock_ns;
    if (program.ending != DIES_BEFORE_EXEC) must(write(program.exec_pipe, &word, sizeof word) == sizeof word, "exec");
    close_fd(&program.exec_pipe);
    if (program.ending == NO_EXEC) end_program(127 << 8);
    if (program.ending == DIES_BEFORE_EXEC) end_program(SIGKILL);
    return;
  }
  ssize_t got = program.reads ? read(program.in, piece, sizeof piece) : 0;
  int fd = program.left % 2 ? program.err : program.out;
  ssize_t put = program.left > 0 ? write(fd, piece, program.left < PIECE ? (size_t)program.left : PIECE) : 0;
  if (put > 0) program.left -= (int)put;
  if (got != 0 || program.left > 0) return;
  if (program.ending == EXITS) end_program(phase.kind == 'C' ? 0 : 3 << 8);
  if (program.ending == IS_KILLED) end_program(SIGSEGV);
}

static int play_kill(pid_t pid, int number) {
  must(pid == -1 || pid == -MAIN, "a signal to somebody else");
  must(number >= 1 && number <= SIGRTMAX, "no signal");
  if (!program.alive) {
    errno = ESRCH;
    return -1;
  }
  if (number == SIGKILL || number == SIGTERM) end_program(number);
  return 0;
}

static pid_t play_wait(int *status, int flags, struct rusage *usage) {
  must(!program.alive || (flags & WNOHANG), "waits for a program that goes on");
  if (program.alive) return 0;
  if (phase.main == 0 || program.reaped) {
    errno = ECHILD;
    return -1;
  }
  program.reaped = true;
  *status = program.status;
  usage->ru_maxrss = 1000;
  return MAIN;
}

static bool source_is_dry(void) { return source.at == source.size && source.times == 0; }

static short source_events(short wanted) {
  if (source_is_dry() && source.stays_open && phase.kind) return 0;
  return wanted & POLLIN ? POLLIN : source_is_dry() ? POLLHUP : 0;
}

static int play_poll(struct pollfd *fds, nfds_t count, int timeout) {
  must(++polls < POLLS_AT_MOST, "an endless loop");
  check_buffers();
  go_on();
  int ready = 0;
  for (nfds_t i = 0; i < count; i++) {
    struct pollfd *one = &fds[i];
    one->revents = 0;
    if (one->fd == STDIN_FILENO) one->revents = source_events(one->events);
    else if (one->fd == STDOUT_FILENO) one->revents = POLLOUT;
    else if (one->fd >= 0) poll(one, 1, 0);
    else if (count > 2 && i == 1 && phase.main && !program.alive) one->revents = POLLIN; /* of SIGCHLD */
    ready += one->revents != 0;
  }
  if (ready > 0) return ready;
  must(timeout >= 0, "waits for nothing");
  clock_ns += timeout * (int64_t)1000000;
  return 0;
}

static ssize_t play_read(int fd, void *bytes, size_t size) {
  if (fd == children) { /* -1: no SIGCHLD is queued here */
    errno = EAGAIN;
    return -1;
  }
  if (fd != STDIN_FILENO) return read(fd, bytes, size);
  must(size > 0, "no room to read into");
  if (source.at == source.size && source.times > 0) {
    source.times--;
    source.at = source.again;
  }
  size_t left = source.size - source.at;
  size_t got = left < source.chunk ? left : source.chunk;
  if (got > size) got = size;
  memcpy(bytes, source.bytes + source.at, got);
  source.at += got;
  return (ssize_t)got;
}

static ssize_t play_write(int fd, const void *bytes, size_t size) {
  if (fd != STDOUT_FILENO) return write(fd, bytes, size);
  if (sink.slow && ++sink.writes % 3 == 0) {
    errno = EAGAIN;
    return -1;
  }
  if (sink.slow && size > 700) size = 700;
  if (size > sizeof sink.bytes - sink.end) sink.full = true;
  else memcpy(sink.bytes + sink.end, bytes, size);
  if (!sink.full) sink.end += size;
  return (ssize_t)size;
}

static int play_clock(struct timespec *time) {
  clock_ns += 1000;
  time->tv_sec = clock_ns / 1000000000;
  time->tv_nsec = clock_ns % 1000000000;
  return 0;
}
