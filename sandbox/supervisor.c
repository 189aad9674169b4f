/* supervisor.c: PID 1 of a container that serves one job, or with --cells one after the other.
 *
 *   supervisor --dir DIR --time-limit-ms N --output-bytes N
 *              [--cells] [--tmpfs PATH OPTIONS]... [--tmpfs-noexec PATH OPTIONS]...
 *              [--fork-server] [--file NAME] [--compile-time-limit-ms N [--flags-at N] --compile CMD ARG...]
 *              [--ready CMD ARG...] --run CMD ARG...
 *
 * It takes files, arguments and environment over fd 0, compiles if told to, runs the program with pipes of
 * its own, holds the limits, kills all that is left, and is the only one that can write to fd 1, so that a
 * program cannot forge a result. It has the program's uid and no capability: what protects it is being PID 1
 * (signals from inside do nothing), not being dumpable (no ptrace, no /proc/1/mem) and the seccomp profile.
 *
 * With --cells each job has a cell of its own: fresh user, mount, network, IPC and UTS namespaces with the
 * tmpfs mounts that the arguments name, one of them DIR. It is made before the job comes. Nothing of it is
 * left when the job's last process has ended and the descriptors that hold it are closed.
 *
 * With --ready that command is started before the job comes. It waits for a byte on its descriptor 9, closes
 * that, and then is to be the program as --run would have started it: it takes its place unless the job has
 * arguments, variables or a file to begin with of its own. With --fork-server and --cells it is started once, finds
 * a socket there, and forks what waits for each job (fork-server.h), which spares programs the interpreter's start.
 * It outlives a job only if the container's count of tasks says that nothing else does.
 *
 * Both directions carry frames: u32 big-endian payload length, u8 kind, payload.
 *
 *   to the supervisor, before go              to the supervisor, after go
 *     F u16 path length, path, content          I bytes for the program's stdin (up to 64 KiB)
 *     A argument, appended to --run             X end of stdin
 *     E NAME=value for the program              S u8 signal, to the main process's group
 *     L NAME=N, lowers a limit: time_limit_ms,  K kill: end the job now
 *       output_bytes, compile_time_limit_ms
 *     B path of the file to begin with: it takes the place of each word of --compile and --run that is --file's
 *     C a word more for --compile: before its word --flags-at, counted from 0, or at its end
 *     W path of a file that is wanted when all is over
 *     H hold what the compile step makes
 *     M begin with what is held: no compile
 *     T tell what the compile step makes
 *     P u8 'F' or 'D', u16 mode, u64 nanoseconds since 1970, u16 path length, path, content: a file or folder that
 *       was told of once, as it was; what is in a folder comes before it
 *     N begin with that: no compile
 *     G go
 *
 *   from the supervisor
 *     P u8 'C' or 'R': compile or run was exec'ed      R the result as JSON; then exit 0
 *     O, E a chunk of stdout, stderr (up to 32 KiB)    ! what went wrong, as text; then exit 65 or 70
 *     W u8, u32 before R, for each W that came: 'F' and the size of the file, which follows; or 'M' there is none,
 *       'N' that is no regular file, 'U' it cannot be read, 'L' it is too large, and 0
 *     D a chunk of such a file (up to 32 KiB)
 *     T u8 'F' or 'D', u16 mode, u64 nanoseconds since 1970, u32 size, path: before the phase R, where T came and the
 *       compile step has succeeded, each file and folder of the job's folder, a folder after what is in it
 *     C a chunk of such a file (up to 32 KiB)
 *     Z u8 after them: 'A' that was all, or 'N' it would not come out the same, or is too much: what came is nothing
 *     N with --cells, after R instead of exit: ready for the next job's frames
 *
 * Frames for a program that has ended meanwhile (I, X, S, K) are dropped until the next job's first.
 *
 * H and M need --cells and --compile: a program that is compiled once runs many times, each in a cell that begins
 * with a copy of the folder as the compile step left it. It is held until a job comes without M. With N what came
 * as P is held.
 *
 * The runner keeps fd 0 open until the result. Up to 256 KiB of stdin wait here for the program; beyond that
 * fd 0 is not read, so S, K and the end of fd 0 wait behind it. The time limit does not. S is for after P.
 *
 * Exit: 0 result sent, or fd 0 ended before go; 64 wrong usage; 65 malformed frame; 70 the platform's own
 * trouble; 71 the runner went away after go.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cell.h"
#include "copy-folder.h"
#include "fork-server.h"
#include "tell-folder.h"

enum { EXIT_USAGE = 64, EXIT_MALFORMED = 65, EXIT_FAULT = 70, EXIT_RUNNER_GONE = 71 };

enum {
  HEADER = 5,                   /* u32 length, u8 kind */
  FILE_FRAME_MAX = 16 << 20,    /* F and P: streamed to disk */
  FRAME_MAX = 64 << 10,         /* every other kind: held whole */
  PATH_BYTES = TOLD_PATH_BYTES,
  FILE_HEAD = 2,                /* of F before its path */
  TOLD_HEAD = 13,               /* of P before its path */
  COMMAND_WORDS = 64,           /* of --compile and of --run, each */
  JOB_TEXTS = 256,              /* A frames; E frames */
  FLAGS = 32,                   /* C frames */
  WANTED = 16,                  /* W frames */
  WANTED_BYTES = 256 << 10,     /* of one file */
  WANTED_TOGETHER = 512 << 10,
  RESERVE = 256 << 10,
  PAGE = 4 << 10,
  JOB_TEXT_BYTES = 1 << 20,     /* the texts of these frames together: exec must be able to take them */
  BASE_VARIABLES = 256,
  STDIN_BYTES = 256 << 10,
  CHUNK = 32 << 10,
  ENDING_FRAMES = 2 << 10,      /* room kept for P, R and ! */
  FAULT_TEXT = 512,
  RESULT_TEXT = 1 << 10,
  FAULT_FLUSH_MS = 2000,
  REAP_AT_ONCE = 64,
};

static const int64_t LARGEST_NUMBER = 1000000000000; /* of a limit; in nanoseconds still an int64_t */

/* What the arguments say, and frames lower or append to. */
static struct {
  const char *dir, *file, *entry, *wanted[WANTED];
  int64_t time_limit_ms, compile_time_limit_ms, output_bytes, flags_at;
  char *compile[COMMAND_WORDS + FLAGS + 1];
  char *ready[COMMAND_WORDS + 1];
  char *run[COMMAND_WORDS + JOB_TEXTS + 1];
  char *environment[BASE_VARIABLES + JOB_TEXTS + 1];
  int compile_words, run_words, variables, flags_sent, arguments_sent, variables_sent, wanted_sent;
  bool hold, made, tell, restored;
} job = {.time_limit_ms = -1, .compile_time_limit_ms = -1, .output_bytes = -1, .flags_at = -1};

/* The job's arguments alone: what every job starts from. */
static struct {
  int64_t time_limit_ms, compile_time_limit_ms, output_bytes;
  int compile_words, run_words, variables;
  char *compile[COMMAND_WORDS], *run[COMMAND_WORDS], *environment[BASE_VARIABLES];
} first;

static bool cells, fork_server;
static bool between_jobs; /* after a result, until the next job's first frame */
static int held = -1; /* the folder that a compile step left */

/* The arguments and variables that frames brought. */
static struct {
  char bytes[JOB_TEXT_BYTES];
  size_t end;
} texts;

/* Bytes that came from fd 0 and wait to be understood. Then the file that is being received. */
static struct {
  unsigned char bytes[HEADER + FRAME_MAX];
  size_t start, end;
  bool stalled; /* a frame of stdin has to wait until the program has read more */
} input;

static int file = -1;
static size_t file_left;
static struct { bool told; unsigned mode; struct timespec changed; } file_looks; /* of P */

/* Bytes for the program's stdin. */
static struct {
  char bytes[STDIN_BYTES];
  size_t start, end;
  bool ended;
} program_stdin;

/* Whole frames for fd 1. */
static struct {
  char bytes[2 * (HEADER + CHUNK) + ENDING_FRAMES];
  size_t start, end;
} output;

/* Memory for the way out of wanted files: their pages in pipes are the container's, and the program may have filled
 * all that there was with its files. */
static _Alignas(PAGE) char reserve[RESERVE];

struct stream {
  char kind;
  int fd;
  int64_t bytes;
};

/* A process with our ends of its pipes; -1 where there is none. */
struct program {
  pid_t pid;
  int exec_pipe, in, out, err, go;
};
static const struct program NO_PROGRAM = {0, -1, -1, -1, -1, -1};
static struct program waiting = {0, -1, -1, -1, -1, -1}; /* what --ready has started, until a job takes it */

/* Compile or run, while it lasts. */
static struct phase {
  char kind; /* 'C', 'R'; 0 before go */
  pid_t main; /* 0 once it was reaped */
  int wait_status;
  int exec_pipe, program_stdin;
  struct stream streams[2];
  int64_t limit_ns, started_at, ended_at, cpu_before, memory_before, oom_kills_before;
  int64_t cpu_reaped, memory_reaped; /* of the processes that have ended, and theirs */
  bool reached_exec, executed, timed_out, output_limit, killed;
} phase;

static int64_t compile_wall_us = -1;
static int children; /* signalfd for SIGCHLD */

/* Counters of the container's cgroup: kept open from the start, because opening a file needs memory, which
 * the program may have used up by the time the result is made. */
static struct counter {
  struct { const char *path, *key; int divisor; } places[3];
  int fd, place;
} cpu_us = {{{"/sys/fs/cgroup/cpu.stat", "usage_usec", 1},
             {"/sys/fs/cgroup/cpuacct/cpuacct.usage", "", 1000},
             {"/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage", "", 1000}}, -1, 0},
  memory_bytes = {{{"/sys/fs/cgroup/memory.peak", "", 1},
                   {"/sys/fs/cgroup/memory/memory.max_usage_in_bytes", "", 1}}, -1, 0},
  oom_kills = {{{"/sys/fs/cgroup/memory.events", "oom_kill", 1},
                {"/sys/fs/cgroup/memory/memory.oom_control", "oom_kill", 1}}, -1, 0},
  tasks = {{{"/sys/fs/cgroup/pids.current", "", 1}, {"/sys/fs/cgroup/pids/pids.current", "", 1}}, -1, 0};

/* In the order of the file. */
static void read_arguments(int count, char **words);
static void keep_first(void);
static void start_from_first(void);
static void protect_self(void);
static void prepare_cell(void);
static void hold_folder(void);
static void begin_with_held(void);
static void next_job(void);
static _Noreturn void serve(void);
static void read_commands(void);
static void parse_commands(void);
static void obey(char kind, const char *payload, size_t length);
static bool begin_frame_of_file(const unsigned char *frame, size_t have, size_t length);
static void begin_file(const char *path, size_t length, bool is_folder);
static void continue_file(void);
static void begin_with(char *path);
static void check_path(const char *path, size_t length);
static void add_flag(char *flag);
static char *keep_text(const char *payload, size_t length);
static void set_variable(char *variable);
static void lower_limit(const char *text, size_t length);
static bool parse_number(const char *text, size_t length, int64_t *number);
static void start_phase(char kind);
static void start_waiting(void);
static bool forks(void);
static void forget_waiting(void);
static struct program start_program(char **command, char **environment, bool has_stdin, bool waits);
static void close_program(struct program *program);
static _Noreturn void become_program(char **command, char **environment, const int ends[ENDS]);
static void check_exec(void);
static void feed_program(void);
static void forward(struct stream *stream);
static void reap(bool all);
static void end_phase(void);
static void end_processes(void);
static void tell_made(void);
static bool tell_entry(const struct told *entry);
static void send_wanted(void);
static char open_wanted(const char *path, int *fd);
static void send_result(void);
static void put_frame(char kind, const void *payload, size_t length);
static size_t output_room(void);
static bool flush_output(void);
static void make_room(size_t room);
static void wait_for_output(size_t room);
static _Noreturn void fault(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));
static _Noreturn void runner_gone(void);
static void kill_everything(void);
static void open_counter(struct counter *counter);
static int64_t read_counter(const struct counter *counter);
static int64_t now(void);
static void close_fd(int *fd);

int main(int count, char **words) {
  if (getpid() != 1) {
    fputs("supervisor: refusing to run, since this is not PID 1 of a container\n", stderr);
    return EXIT_USAGE;
  }
  protect_self();
  read_arguments(count, words);
  open_counter(&cpu_us);
  open_counter(&memory_bytes);
  open_counter(&oom_kills);
  open_counter(&tasks);
  if (cells) prepare_cell();
  start_waiting();
  serve();
}

/* ---- start ---- */

/* No handler is installed and only SIGCHLD is blocked: any other signal that the program sends is dropped by
 * the kernel, since a PID 1 gets no signal that it has no handler for. */
static void protect_self(void) {
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  close_range(3, ~0U, 0);
  umask(022);
  signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigprocmask(SIG_SETMASK, &set, NULL);
  int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  children = dup3(signals, READY_DESCRIPTOR, O_CLOEXEC); /* so that no program's end of a pipe has that number */
  close(signals);
  int flags = fcntl(STDOUT_FILENO, F_GETFL);
  if (children < 0 || fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK) < 0) _exit(EXIT_FAULT);
}

static _Noreturn void usage(const char *problem) {
  fprintf(stderr, "supervisor: %s\n", problem);
  _exit(EXIT_USAGE);
}

static void read_arguments(int count, char **words) {
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

/* What every job starts from. */
static void keep_first(void) {
  memcpy(first.compile, job.compile, sizeof first.compile);
  memcpy(first.run, job.run, sizeof first.run);
  memcpy(first.environment, job.environment, sizeof first.environment);
  first.time_limit_ms = job.time_limit_ms;
  first.compile_time_limit_ms = job.compile_time_limit_ms;
  first.output_bytes = job.output_bytes;
  first.compile_words = job.compile_words;
  first.run_words = job.run_words;
  first.variables = job.variables;
}

static void start_from_first(void) {
  job.time_limit_ms = first.time_limit_ms;
  job.compile_time_limit_ms = first.compile_time_limit_ms;
  job.output_bytes = first.output_bytes;
  memset(job.compile, 0, sizeof job.compile);
  memset(job.run, 0, sizeof job.run);
  memset(job.environment, 0, sizeof job.environment);
  memcpy(job.compile, first.compile, sizeof first.compile);
  memcpy(job.run, first.run, sizeof first.run);
  memcpy(job.environment, first.environment, sizeof first.environment);
  job.compile_words = first.compile_words;
  job.run_words = first.run_words;
  job.variables = first.variables;
  job.entry = NULL;
  job.flags_sent = job.arguments_sent = job.variables_sent = job.wanted_sent = 0;
  job.hold = job.made = job.tell = job.restored = false;
}

/* ---- one job after the other ---- */

static void prepare_cell(void) {
  char problem[FAULT_TEXT];
  if (!make_cell(job.dir, problem, sizeof problem)) fault(EXIT_FAULT, "cannot make a cell: %s", problem);
}

/* The cell is left to nobody: what it holds stays what the next jobs of this program begin with. */
static void hold_folder(void) {
  if (waiting.pid) forget_waiting();
  held = cell_folder();
  drop_cell();
  prepare_cell();
  begin_with_held();
}

static void begin_with_held(void) {
  int folder = cell_folder();
  if (!copy_folder(held, folder)) fault(EXIT_FAULT, "cannot copy the folder: %s", strerror(errno));
  close(folder);
}

/* Everything that the last job brought is forgotten; every process of it is dead. */
static void next_job(void) {
  drop_cell();
  start_from_first();
  texts.end = program_stdin.start = program_stdin.end = 0;
  program_stdin.ended = false;
  phase = (struct phase){.exec_pipe = -1, .program_stdin = -1, .streams = {{'O', -1, 0}, {'E', -1, 0}}};
  compile_wall_us = -1;
  between_jobs = true;
  parse_commands(); /* what is here already is for the program that has ended */
  prepare_cell();
  start_waiting();
  put_frame('N', NULL, 0);
}

/* ---- the loop ---- */

static int milliseconds_left(void) {
  if (phase.kind == 0) return -1;
  int64_t left = phase.started_at + phase.limit_ns - now();
  if (left <= 0) return 0;
  return left < 60000000000 ? (int)(left / 1000000) + 1 : 60000;
}

/* Nothing here blocks but poll. While the runner does not read, the program's output waits in its pipes, and
 * the limits hold all the same. */
static _Noreturn void serve(void) {
  for (;;) {
    bool reading = phase.executed && output_room() >= HEADER + CHUNK;
    bool feeding = program_stdin.start < program_stdin.end;
    struct pollfd fds[] = {
      {STDIN_FILENO, input.stalled ? 0 : POLLIN, 0},
      {children, POLLIN, 0},
      {phase.kind && !phase.executed ? phase.exec_pipe : -1, POLLIN, 0},
      {phase.kind && feeding ? phase.program_stdin : -1, POLLOUT, 0},
      {reading ? phase.streams[0].fd : -1, POLLIN, 0},
      {reading ? phase.streams[1].fd : -1, POLLIN, 0},
      {output.start < output.end ? STDOUT_FILENO : -1, POLLOUT, 0},
    };
    if (poll(fds, sizeof fds / sizeof *fds, milliseconds_left()) < 0) continue;

    if (fds[1].revents) reap(false);
    if (fds[2].revents) check_exec();
    if (fds[3].revents) feed_program();
    for (int i = 0; i < 2; i++)
      if (fds[4 + i].revents && output_room() >= HEADER + CHUNK) forward(&phase.streams[i]);
    if (!flush_output()) runner_gone();
    if (phase.main && now() >= phase.started_at + phase.limit_ns) phase.timed_out = true;
    if (fds[0].revents) read_commands();
    else if (input.stalled) parse_commands();
    if (phase.kind && (phase.main == 0 || phase.timed_out || phase.output_limit || phase.killed)) end_phase();
  }
}

/* ---- frames from the runner ---- */

static void read_commands(void) {
  if (input.stalled) runner_gone(); /* fd 0 was polled for nothing but its end */
  memmove(input.bytes, input.bytes + input.start, input.end - input.start);
  input.end -= input.start;
  input.start = 0;
  ssize_t got = read(STDIN_FILENO, input.bytes + input.end, sizeof input.bytes - input.end);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0 && phase.kind == 0) _exit(0);
  if (got <= 0) runner_gone();
  input.end += (size_t)got;
  parse_commands();
}

/* Takes every frame that is there whole, and of a file whatever is there. */
static void parse_commands(void) {
  input.stalled = false;
  for (;;) {
    if (file >= 0) continue_file();
    size_t have = input.end - input.start;
    const unsigned char *head = input.bytes + input.start;
    if (file >= 0 || have < HEADER) return;

    size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    char kind = (char)head[4];
    if (between_jobs && kind != 0 && strchr("IXSK", kind) != NULL && length <= FRAME_MAX) {
      if (have < HEADER + length) return;
      input.start += HEADER + length;
      continue;
    }
    between_jobs = false;
    if (kind == 0 || strchr(phase.kind ? "IXSK" : "FAELHMBCWTPNG", kind) == NULL)
      fault(EXIT_MALFORMED, "malformed: kind %d %s go", head[4], phase.kind ? "after" : "before");
    bool of_file = kind == 'F' || kind == 'P';
    if (length > (of_file ? FILE_FRAME_MAX : FRAME_MAX))
      fault(EXIT_MALFORMED, "malformed: %c frame of %zu bytes", kind, length);

    if (of_file) {
      if (!begin_frame_of_file(head, have, length)) return;
      continue;
    }
    if (have < HEADER + length) return;
    if (kind == 'I' && length > STDIN_BYTES - (program_stdin.end - program_stdin.start)) {
      input.stalled = true;
      return;
    }
    input.start += HEADER + length;
    obey(kind, (const char *)head + HEADER, length);
  }
}

static void obey(char kind, const char *payload, size_t length) {
  size_t wanted = kind == 'S' ? 1 : 0;
  if (strchr("HMTNGXSK", kind) != NULL && length != wanted)
    fault(EXIT_MALFORMED, "malformed: %c frame of %zu bytes", kind, length);
  switch (kind) {
    case 'A':
      if (job.arguments_sent++ == JOB_TEXTS) fault(EXIT_MALFORMED, "malformed: too many arguments");
      job.run[job.run_words++] = keep_text(payload, length);
      break;
    case 'E':
      if (job.variables_sent++ == JOB_TEXTS) fault(EXIT_MALFORMED, "malformed: too many variables");
      set_variable(keep_text(payload, length));
      break;
    case 'L':
      lower_limit(payload, length);
      break;
    case 'B':
      check_path(payload, length);
      begin_with(keep_text(payload, length));
      break;
    case 'W':
      if (job.wanted_sent == WANTED) fault(EXIT_MALFORMED, "malformed: too many files are wanted");
      check_path(payload, length);
      if (job.wanted_sent == 0) memset(reserve, 1, sizeof reserve);
      job.wanted[job.wanted_sent++] = keep_text(payload, length);
      break;
    case 'C':
      add_flag(keep_text(payload, length));
      break;
    case 'H':
      if (!cells || job.compile[0] == NULL) fault(EXIT_MALFORMED, "malformed: nothing can be held");
      job.hold = true;
      break;
    case 'M':
      if (held < 0 || job.made) fault(EXIT_MALFORMED, "malformed: nothing is held");
      job.made = true;
      begin_with_held();
      break;
    case 'T':
      if (job.compile[0] == NULL) fault(EXIT_MALFORMED, "malformed: nothing is made");
      memset(reserve, 1, sizeof reserve);
      job.tell = true;
      break;
    case 'N':
      if (job.compile[0] == NULL || job.made) fault(EXIT_MALFORMED, "malformed: nothing to leave out");
      close_fd(&held);
      job.made = job.restored = true;
      break;
    case 'G':
      if (!job.made) close_fd(&held);
      if (job.restored && job.hold) hold_folder();
      start_phase(job.compile[0] != NULL && !job.made ? 'C' : 'R');
      break;
    case 'I':
      if (program_stdin.ended) fault(EXIT_MALFORMED, "malformed: stdin after its end");
      if (phase.kind == 'R' && phase.program_stdin < 0) break; /* the program has closed it */
      if (length > STDIN_BYTES - program_stdin.end) {
        memmove(program_stdin.bytes, program_stdin.bytes + program_stdin.start,
                program_stdin.end - program_stdin.start);
        program_stdin.end -= program_stdin.start;
        program_stdin.start = 0;
      }
      memcpy(program_stdin.bytes + program_stdin.end, payload, length);
      program_stdin.end += length;
      break;
    case 'X':
      if (program_stdin.ended) fault(EXIT_MALFORMED, "malformed: a second end of stdin");
      program_stdin.ended = true;
      feed_program();
      break;
    case 'S':
      if (payload[0] < 1 || payload[0] > SIGRTMAX) fault(EXIT_MALFORMED, "malformed: signal %d", payload[0]);
      if (phase.main) kill(-phase.main, payload[0]);
      break;
    case 'K':
      phase.killed = true;
      break;
  }
}

/* False while its path has not come. What it looks like comes before that, if it was told. */
static bool begin_frame_of_file(const unsigned char *frame, size_t have, size_t length) {
  bool told = frame[4] == 'P';
  size_t head = told ? TOLD_HEAD : FILE_HEAD;
  if (length < head) fault(EXIT_MALFORMED, "malformed: %c frame without a path", frame[4]);
  if (have < HEADER + head) return false;
  const unsigned char *about = frame + HEADER, *path = about + head;
  size_t bytes = (size_t)path[-2] << 8 | path[-1];
  if (bytes > PATH_BYTES || bytes + head > length) fault(EXIT_MALFORMED, "malformed: path of %zu bytes", bytes);
  if (have < HEADER + head + bytes) return false;
  file_left = length - head - bytes;
  file_looks.told = told;
  if (told) {
    uint64_t changed = 0;
    for (int i = 3; i < 11; i++) changed = changed << 8 | about[i];
    file_looks.mode = (unsigned)about[1] << 8 | about[2];
    file_looks.changed = (struct timespec){(time_t)(changed / 1000000000), (long)(changed % 1000000000)};
    unsigned needed = about[0] == 'D' ? 0500 : 0;
    bool known = about[0] == 'F' || (about[0] == 'D' && file_left == 0);
    if (!known || file_looks.mode > 0777 || (file_looks.mode & needed) != needed || changed > INT64_MAX)
      fault(EXIT_MALFORMED, "malformed: nothing that was told");
  }
  begin_file((const char *)path, bytes, told && about[0] == 'D');
  input.start += HEADER + head + bytes;
  return true;
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

static void continue_file(void) {
  while (file_left > 0 && input.start < input.end) {
    size_t here = input.end - input.start;
    ssize_t put = write(file, input.bytes + input.start, here < file_left ? here : file_left);
    if (put <= 0) fault(EXIT_FAULT, "cannot write file: %s", strerror(errno));
    input.start += (size_t)put;
    file_left -= (size_t)put;
  }
  if (file_left > 0) return;
  const struct timespec times[2] = {file_looks.changed, file_looks.changed};
  if (file_looks.told && (fchmod(file, file_looks.mode) < 0 || futimens(file, times) < 0))
    fault(EXIT_FAULT, "cannot write file: %s", strerror(errno));
  close_fd(&file);
}

/* Relative to the job's folder, and never out of it. */
static void check_path(const char *path, size_t length) {
  if (length > PATH_BYTES) fault(EXIT_MALFORMED, "malformed: path of %zu bytes", length);
  if (length == 0 || memchr(path, 0, length) != NULL) fault(EXIT_MALFORMED, "malformed: path empty or with a NUL");
  for (size_t from = 0, to = 0; from <= length; from = ++to) {
    while (to < length && path[to] != '/') to++;
    size_t part = to - from;
    if (part == 0 || (part <= 2 && memcmp(path + from, "..", part) == 0))
      fault(EXIT_MALFORMED, "malformed: path with an empty part, . or ..");
  }
}

static void begin_with(char *path) {
  if (job.file == NULL || job.entry != NULL) fault(EXIT_MALFORMED, "malformed: no file to begin with, or a second one");
  job.entry = path;
  for (int i = 0; i < first.run_words; i++)
    if (strcmp(job.run[i], job.file) == 0) job.run[i] = path;
  for (int i = 0; i < job.compile_words; i++) {
    bool flag = i >= job.flags_at && i < job.flags_at + job.flags_sent;
    if (!flag && strcmp(job.compile[i], job.file) == 0) job.compile[i] = path;
  }
}

static void add_flag(char *flag) {
  if (job.compile_words == 0) fault(EXIT_MALFORMED, "malformed: a flag where nothing is compiled");
  if (job.flags_sent == FLAGS) fault(EXIT_MALFORMED, "malformed: too many flags");
  char **at = job.compile + job.flags_at + job.flags_sent++;
  memmove(at + 1, at, (size_t)(job.compile + job.compile_words++ - at) * sizeof *at);
  *at = flag;
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

static void set_variable(char *variable) {
  size_t name = strcspn(variable, "=");
  if (name == 0 || variable[name] == 0) fault(EXIT_MALFORMED, "malformed: variable without name or value");
  int at = 0;
  while (at < job.variables && strncmp(job.environment[at], variable, name + 1) != 0) at++;
  job.environment[at] = variable;
  if (at == job.variables) job.variables++;
}

static void lower_limit(const char *text, size_t length) {
  const struct { const char *name; int64_t *limit; } limits[] = {
    {"time_limit_ms=", &job.time_limit_ms},
    {"output_bytes=", &job.output_bytes},
    {"compile_time_limit_ms=", &job.compile_time_limit_ms},
  };
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    size_t name = strlen(limits[i].name);
    int64_t number;
    if (length <= name || memcmp(text, limits[i].name, name) != 0) continue;
    if (!parse_number(text + name, length - name, &number)) break;
    if (number < *limits[i].limit) *limits[i].limit = number;
    return;
  }
  fault(EXIT_MALFORMED, "malformed: limit");
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

/* ---- a phase: compile or run ---- */

static void start_phase(char kind) {
  bool compiling = kind == 'C', second = !compiling && job.compile[0] != NULL && !job.made;
  if (waiting.pid) reap(false); /* it may have died */
  bool changed = job.arguments_sent > 0 || job.variables_sent > 0 || job.entry != NULL;
  if (waiting.pid && (compiling || changed)) forget_waiting();
  phase = (struct phase){
    .kind = kind,
    .limit_ns = (compiling ? job.compile_time_limit_ms : job.time_limit_ms) * 1000000,
    .started_at = now(), /* until it tells better */
    .cpu_before = read_counter(&cpu_us),
    .memory_before = second ? phase.memory_before : read_counter(&memory_bytes),
    .memory_reaped = second ? phase.memory_reaped : 0,
    .oom_kills_before = read_counter(&oom_kills),
  };
  struct program program = waiting.pid ? waiting
    : compiling ? start_program(job.compile, environ, false, false)
    : start_program(job.run, job.environment, true, false);
  waiting = NO_PROGRAM;
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

/* A server that does not answer has been killed or stopped by the program before: the next one is asked. Without any, programs
 * are started when they come. */
static void start_waiting(void) {
  if (job.ready[0] == NULL) return;
  for (int tries = 2; waiting.pid == 0 && tries > 0; tries--) {
    if (forks() && server_pid() == 0 && !start_server(job.ready, job.environment)) return;
    waiting = start_program(job.ready, job.environment, true, true);
    if (waiting.pid == 0) kill_everything();
  }
}

static bool forks(void) {
  return fork_server && cells && tasks.fd >= 0;
}

static void forget_waiting(void) {
  struct pollfd fd = {children, POLLIN, 0};
  kill(waiting.pid, SIGKILL);
  for (reap(false); waiting.pid; reap(false)) poll(&fd, 1, -1);
}

static struct program start_program(char **command, char **environment, bool has_stdin, bool waits) {
  int exec_pipe[2], in[2] = {-1, -1}, out[2], err[2], go[2] = {-1, -1};
  bool ready = pipe2(exec_pipe, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0;
  if (!has_stdin) in[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
  else ready = ready && pipe2(in, O_CLOEXEC) == 0;
  if (waits) ready = ready && pipe2(go, O_CLOEXEC) == 0;
  if (!ready || in[0] < 0) fault(EXIT_FAULT, "cannot make pipes: %s", strerror(errno));
  /* O_NONBLOCK belongs to one end of a pipe: the program's ends stay as programs expect them. */
  fcntl(exec_pipe[0], F_SETFL, O_NONBLOCK);
  fcntl(out[0], F_SETFL, O_NONBLOCK);
  fcntl(err[0], F_SETFL, O_NONBLOCK);
  if (has_stdin) fcntl(in[1], F_SETFL, O_WRONLY | O_NONBLOCK);

  const int ends[ENDS] = {in[0], out[1], err[1], exec_pipe[1], go[0]};
  bool asks = waits && forks();
  pid_t pid = asks ? fork_from_server(ends) : fork();
  if (pid < 0) fault(EXIT_FAULT, "cannot fork: %s", strerror(errno));
  if (pid == 0 && !asks) become_program(command, environment, ends);
  for (int i = 0; i < ENDS; i++)
    if (ends[i] >= 0) close(ends[i]);
  struct program program = {pid, exec_pipe[0], in[1], out[0], err[0], go[1]};
  if (pid == 0) close_program(&program);
  return program;
}

static void close_program(struct program *program) {
  int fds[] = {program->exec_pipe, program->in, program->out, program->err, program->go};
  for (size_t fd = 0; fd < sizeof fds / sizeof *fds; fd++) close_fd(&fds[fd]);
  *program = NO_PROGRAM;
}

/* In the child. Tells over the pipe, which exec closes, when it exec'ed, and minus errno if that failed. What is
 * the job's own to make, and was not made, or as nothing that can be run, is its failure, as a shell tells it. */
static _Noreturn void become_program(char **command, char **environment, const int ends[ENDS]) {
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* or /proc/self would not be its own */
  setsid();
  setpriority(PRIO_PROCESS, 0, 19); /* or a crowd of processes in one cgroup makes the limits come late */
  int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (score >= 0 && write(score, "1000", 4) < 0) {} /* then the OOM killer has to find it by its size */
  for (int i = END_IN; i <= END_ERR; i++) dup2(ends[i], i);
  for (int i = 1; i <= SIGRTMAX; i++) signal(i, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int64_t word = now();
  bool placed = (!cells || enter_cell()) && (ends[END_GO] < 0 || dup2(ends[END_GO], READY_DESCRIPTOR) >= 0) && chdir(job.dir) == 0;
  int exec_pipe = ends[END_EXEC];
  if (placed && write(exec_pipe, &word, sizeof word) == sizeof word) {
    execvpe(command[0], command, environment);
    bool absent = errno == ENOENT || errno == ENOTDIR;
    if (strncmp(command[0], "./", 2) == 0 && (absent || errno == EACCES || errno == ENOEXEC)) {
      dprintf(STDERR_FILENO, "cannot run %s: %s\n", command[0], strerror(errno));
      _exit(absent ? 127 : 126);
    }
  }
  word = -errno;
  if (write(exec_pipe, &word, sizeof word) < 0) {}
  _exit(127);
}

static void check_exec(void) {
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

static void feed_program(void) {
  if (phase.kind != 'R' || phase.program_stdin < 0) return;
  size_t waiting = program_stdin.end - program_stdin.start;
  ssize_t put = waiting ? write(phase.program_stdin, program_stdin.bytes + program_stdin.start, waiting) : 0;
  if (put > 0) program_stdin.start += (size_t)put;
  bool refused = put < 0 && errno != EAGAIN && errno != EINTR; /* the program has closed its end: fine */
  if (refused || program_stdin.start == program_stdin.end) program_stdin.start = program_stdin.end = 0;
  if (refused || (program_stdin.ended && program_stdin.end == 0)) close_fd(&phase.program_stdin);
}

/* Reads one chunk of the program's output straight into a frame. There must be room for it. */
static void forward(struct stream *stream) {
  ssize_t got = read(stream->fd, output.bytes + output.end + HEADER, CHUNK);
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

/* Reaps what has ended; with all, waits until nothing is left, which takes a kill_everything. Otherwise it
 * goes back to the loop, and its limits, after some: orphans can be made as fast as they are reaped. */
static void reap(bool all) {
  struct signalfd_siginfo ignored;
  while (read(children, &ignored, sizeof ignored) > 0) {}
  for (int i = 0; all || i < REAP_AT_ONCE; i++) {
    int status;
    struct rusage usage = {0};
    pid_t pid = wait4(-1, &status, __WALL | (all ? 0 : WNOHANG), &usage);
    if (pid == 0 || (pid < 0 && errno == ECHILD)) return;
    if (pid > 0) {
      struct timeval user = usage.ru_utime, system = usage.ru_stime;
      phase.cpu_reaped += (user.tv_sec + system.tv_sec) * (int64_t)1000000 + user.tv_usec + system.tv_usec;
      if (usage.ru_maxrss * (int64_t)1024 > phase.memory_reaped) phase.memory_reaped = usage.ru_maxrss * (int64_t)1024;
    }
    if (pid > 0 && pid == server_pid()) forget_server();
    if (pid > 0 && pid == waiting.pid) close_program(&waiting);
    if (pid > 0 && pid == phase.main) {
      phase.main = 0;
      phase.wait_status = status;
      phase.ended_at = now();
    }
  }
  raise(SIGCHLD); /* readable again */
}

/* Everything is dead after kill_everything, so what is not in the pipes now will never be: an empty pipe is
 * enough, even if its end is held by something that the kernel has yet to free (a descriptor on its way
 * through a socket). */
static void end_phase(void) {
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
  if (phase.kind == 'C' && !limit && phase.wait_status == 0) {
    if (job.tell) tell_made();
    if (job.hold) hold_folder();
    start_phase('R');
    return;
  }
  send_wanted();
  send_result();
  if (!cells) _exit(0);
  next_job();
}

/* The server may stay if there is nothing else: then the program's main process has ended, and whatever it left. */
static void end_processes(void) {
  if (server_pid() != 0 && phase.main == 0) reap(false);
  if (server_pid() == 0 || read_counter(&tasks) != 2) kill_everything();
}

/* ---- what a compile step has made ---- */

/* Nothing of it lives any more, and nothing of the program yet. */
static void tell_made(void) {
  madvise(reserve, sizeof reserve, MADV_DONTNEED);
  int folder = cells ? cell_folder() : open(job.dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  bool all = folder >= 0 && tell_folder(folder, tell_entry);
  close_fd(&folder);
  make_room(HEADER + 1);
  put_frame('Z', all ? "A" : "N", 1);
  if (job.wanted_sent > 0) memset(reserve, 1, sizeof reserve);
}

static bool tell_entry(const struct told *entry) {
  size_t path = strlen(entry->path), left = entry->size;
  char head[TOLD_HEAD + 2 + PATH_BYTES] = {entry->kind, (char)(entry->mode >> 8), (char)entry->mode};
  for (int i = 0; i < 8; i++) head[3 + i] = (char)(entry->changed_ns >> (56 - 8 * i));
  for (int i = 0; i < 4; i++) head[11 + i] = (char)(left >> (24 - 8 * i));
  memcpy(head + TOLD_HEAD + 2, entry->path, path);
  make_room(HEADER + TOLD_HEAD + 2 + path);
  put_frame('T', head, TOLD_HEAD + 2 + path);
  while (left > 0) {
    size_t most = left < CHUNK ? left : CHUNK;
    make_room(HEADER + most);
    ssize_t got = read(entry->fd, output.bytes + output.end + HEADER, most);
    if (got <= 0) return false;
    put_frame('C', NULL, (size_t)got);
    left -= (size_t)got;
  }
  return true;
}

/* ---- what is wanted of the folder ---- */

/* Nothing lives any more: no file changes, and no link or folder is put in another's place. */
static void send_wanted(void) {
  size_t room = WANTED_TOGETHER;
  if (job.wanted_sent > 0 || job.tell) madvise(reserve, sizeof reserve, MADV_DONTNEED);
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
      ssize_t got = read(fd, output.bytes + output.end + HEADER, left < CHUNK ? left : CHUNK);
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

/* ---- the result ---- */

static const char *or_null(char *text, size_t size, bool known, int64_t number) {
  snprintf(text, size, known ? "%" PRId64 : "null", number);
  return text;
}

static void send_result(void) {
  int64_t cpu = read_counter(&cpu_us), memory = read_counter(&memory_bytes), kills = read_counter(&oom_kills);
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
  wait_for_output(sizeof output.bytes - ENDING_FRAMES);
}

/* ---- frames to the runner ---- */

/* With NULL the payload is in place already. What is not a chunk always has room: ENDING_FRAMES. */
static void put_frame(char kind, const void *payload, size_t length) {
  char *frame = output.bytes + output.end;
  for (int i = 0; i < 4; i++) frame[i] = (char)(length >> (24 - 8 * i));
  frame[4] = kind;
  if (payload != NULL) memcpy(frame + HEADER, payload, length);
  output.end += HEADER + length;
}

/* Room for chunks behind what waits. */
static size_t output_room(void) {
  if (output.start > 0) {
    memmove(output.bytes, output.bytes + output.start, output.end - output.start);
    output.end -= output.start;
    output.start = 0;
  }
  size_t size = sizeof output.bytes - ENDING_FRAMES;
  return output.end < size ? size - output.end : 0;
}

/* Writes what fd 1 takes now; false if it takes nothing any more. */
static bool flush_output(void) {
  while (output.start < output.end) {
    ssize_t put = write(STDOUT_FILENO, output.bytes + output.start, output.end - output.start);
    if (put < 0) return errno == EAGAIN || errno == EINTR;
    output.start += (size_t)put;
  }
  output.start = output.end = 0;
  return true;
}

/* For small things: what fits goes out with what follows. */
static void make_room(size_t room) {
  if (output_room() < room) wait_for_output(room);
}

/* Blocks until there is room, or the runner is gone. For when nothing of the program lives any more. */
static void wait_for_output(size_t room) {
  for (;;) {
    if (!flush_output()) runner_gone();
    if (output_room() >= room) return;
    struct pollfd fds[] = {{STDOUT_FILENO, POLLOUT, 0}, {STDIN_FILENO, 0, 0}};
    poll(fds, 2, -1);
    if (fds[1].revents) runner_gone();
  }
}

/* ---- ends ---- */

static _Noreturn void fault(int code, const char *format, ...) {
  char text[FAULT_TEXT];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(text, sizeof text, format, values);
  va_end(values);
  kill_everything();
  output_room();
  put_frame('!', text, length < (int)sizeof text ? (size_t)length : sizeof text - 1);
  int64_t until = now() + FAULT_FLUSH_MS * (int64_t)1000000;
  while (flush_output() && output.end > 0 && now() < until) {
    struct pollfd fd = {STDOUT_FILENO, POLLOUT, 0};
    poll(&fd, 1, 100);
  }
  _exit(code);
}

static _Noreturn void runner_gone(void) {
  kill_everything();
  _exit(EXIT_RUNNER_GONE);
}

/* No process is born while the kernel goes through its list: one kill is enough, the second is for doubt. */
static void kill_everything(void) {
  if (getpid() != 1) _exit(EXIT_FAULT);
  do {
    kill(-1, SIGKILL);
    reap(true);
  } while (kill(-1, SIGKILL) == 0);
}

/* ---- small things ---- */

static void open_counter(struct counter *counter) {
  for (counter->place = 0; counter->place < 3; counter->place++) {
    const char *path = counter->places[counter->place].path;
    if (path == NULL) break;
    counter->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (counter->fd >= 0) break;
  }
  read_counter(counter); /* allocates what later reads need */
}

/* The number behind the key, or the file's only number; -1 if there is none. */
static int64_t read_counter(const struct counter *counter) {
  char text[4096];
  ssize_t got = counter->fd < 0 ? -1 : pread(counter->fd, text, sizeof text - 1, 0);
  if (got <= 0) return -1;
  text[got] = 0;
  const char *key = counter->places[counter->place].key;
  size_t length = strlen(key);
  for (const char *line = text; line != NULL && *line != 0; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (strncmp(line, key, length) == 0 && (length == 0 || line[length] == ' '))
      return strtoll(line + length, NULL, 10) / counter->places[counter->place].divisor;
  }
  return -1;
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void close_fd(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}
