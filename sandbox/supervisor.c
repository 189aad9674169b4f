/* supervisor.c: PID 1 of a container that serves one job, or with --cells one after the other.
 *
 *   supervisor --dir DIR --time-limit-ms N --output-bytes N
 *              [--cells] [--tmpfs PATH OPTIONS]... [--tmpfs-noexec PATH OPTIONS]...
 *              [--fork-server] [--file NAME] [--compile-time-limit-ms N [--flags-at N] --compile CMD ARG...]
 *              [--ready [NAME=VALUE]... CMD ARG...] --run CMD ARG...
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
 * With --ready that command is started before the job comes, with those variables besides. It waits for a byte
 * on its descriptor 9, closes that, and then is to be the program as --run would have started it: it takes its place
 * unless the job has arguments, variables or a file to begin with of its own. With --fork-server and --cells it is
 * started once, finds a socket there, and forks what waits for each job (fork-server.h), which spares programs the
 * interpreter's start. It outlives a job only if the container's count of tasks says that nothing else does.
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
 * Frames for a program that has ended meanwhile (I, X, S, K) are dropped until the next job's first. With --cells the next job's
 * frames may come once X has: they wait, and all that is behind them, until this job's result is sent. A job that has come like
 * that is likely to be followed by another one, so the next cell is made while its program runs.
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
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cell.h"
#include "copy-folder.h"
#include "counters.h"
#include "ends.h"
#include "files-in.h"
#include "files-out.h"
#include "frames-out.h"
#include "job.h"
#include "phase.h"
#include "processes.h"
#include "program-stdin.h"
#include "program.h"
#include "small-things.h"

enum {
  FILE_FRAME_MAX = 16 << 20, /* F and P: streamed to disk */
  FRAME_MAX = 64 << 10,      /* every other kind: held whole */
};

static bool between_jobs; /* after a result, until the next job's first frame */
static bool came_ahead; /* its first frame was here before the result of the job before it */
static int held = -1; /* the folder that a compile step left */

/* Bytes that came from fd 0 and wait to be understood. */
static struct {
  unsigned char bytes[HEADER + FRAME_MAX];
  size_t start, end;
  bool stalled; /* a frame has to wait: of stdin until the program has read more, of the next job until that is its turn */
  bool next_job; /* the latter */
} input;

static const char BEFORE_GO[] = "FAELHMBCWTPNG", AFTER_GO[] = "IXSK";

/* In the order of the file. */
static void protect_self(void);
static void prepare_cell(void);
static bool hold_folder(void);
static bool copy_held(void);
static void next_job(void);
static _Noreturn void serve(void);
static void end_phase(void);
static void read_commands(void);
static void parse_commands(void);
static bool is_one_of(const char *kinds, char kind);
static void obey(char kind, const char *payload, size_t length);

int main(int count, char **words) {
  if (getpid() != 1) {
    fputs("supervisor: refusing to run, since this is not PID 1 of a container\n", stderr);
    return EXIT_USAGE;
  }
  protect_self();
  read_arguments(count, words);
  open_counters();
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
  int flags = fcntl(STDOUT_FILENO, F_GETFL);
  if (!watch_children() || fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK) < 0) _exit(EXIT_FAULT);
}

/* ---- one job after the other ---- */

static void prepare_cell(void) {
  char problem[FAULT_TEXT];
  if (!make_cell(job.dir, problem, sizeof problem)) fault(EXIT_FAULT, "cannot make a cell: %s", problem);
}

/* The cell is left to nobody: what it holds stays what the next jobs of this program begin with. */
static bool hold_folder(void) {
  if (waiting_pid()) forget_waiting();
  held = cell_folder();
  drop_cell();
  prepare_cell();
  return copy_held();
}

static bool copy_held(void) {
  int folder = cell_folder();
  bool copied = copy_folder(held, folder);
  int problem = errno;
  close(folder);
  errno = problem;
  return copied;
}

/* Everything that the last job brought is forgotten; every process of it is dead. */
static void next_job(void) {
  drop_cell();
  start_from_first();
  forget_stdin();
  forget_phases();
  if (!use_next_cell()) prepare_cell();
  start_waiting();
  put_frame('N', NULL, 0);
  between_jobs = true;
  came_ahead = input.next_job;
  parse_commands();
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
    struct pollfd fds[] = {
      {STDIN_FILENO, input.stalled ? 0 : POLLIN, 0},
      {children_descriptor(), POLLIN, 0},
      {phase.kind && !phase.executed ? phase.exec_pipe : -1, POLLIN, 0},
      {phase.kind && stdin_waits() ? phase.program_stdin : -1, POLLOUT, 0},
      {reading ? phase.streams[0].fd : -1, POLLIN, 0},
      {reading ? phase.streams[1].fd : -1, POLLIN, 0},
      {output_waits() ? STDOUT_FILENO : -1, POLLOUT, 0},
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

static void end_phase(void) {
  if (finish_phase()) {
    if (!job.hold || hold_folder()) {
      if (job.tell) tell_made(job.hold ? held : -1);
      start_phase('R', came_ahead);
      return;
    }
    fail_compile("what the compile step left cannot be kept for several runs: %s\n", strerror(errno));
    close_fd(&held);
  }
  send_wanted();
  send_result();
  if (!cells) _exit(0);
  next_job();
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
  input.stalled = input.next_job = false;
  for (;;) {
    if (file_goes_on()) input.start += continue_file(input.bytes + input.start, input.end - input.start);
    size_t have = input.end - input.start;
    const unsigned char *head = input.bytes + input.start;
    if (file_goes_on() || have < HEADER) return;

    size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    char kind = (char)head[4];
    if (between_jobs && is_one_of(AFTER_GO, kind) && length <= FRAME_MAX) {
      if (have < HEADER + length) return;
      input.start += HEADER + length;
      continue;
    }
    between_jobs = false;
    if (cells && phase.kind && stdin_has_ended() && is_one_of(BEFORE_GO, kind)) {
      input.stalled = input.next_job = true;
      return;
    }
    if (!is_one_of(phase.kind ? AFTER_GO : BEFORE_GO, kind))
      fault(EXIT_MALFORMED, "malformed: kind %d %s go", head[4], phase.kind ? "after" : "before");
    bool of_file = kind == 'F' || kind == 'P';
    if (length > (of_file ? FILE_FRAME_MAX : FRAME_MAX))
      fault(EXIT_MALFORMED, "malformed: %c frame of %zu bytes", kind, length);

    if (of_file) {
      size_t begun = begin_frame_of_file(kind, head + HEADER, have - HEADER, length);
      if (begun == 0) return;
      input.start += HEADER + begun;
      continue;
    }
    if (have < HEADER + length) return;
    if (kind == 'I' && length > stdin_room()) {
      input.stalled = true;
      return;
    }
    input.start += HEADER + length;
    obey(kind, (const char *)head + HEADER, length);
  }
}

static bool is_one_of(const char *kinds, char kind) {
  return kind != 0 && strchr(kinds, kind) != NULL;
}

static void obey(char kind, const char *payload, size_t length) {
  size_t wanted = kind == 'S' ? 1 : 0;
  if (strchr("HMTNGXSK", kind) != NULL && length != wanted)
    fault(EXIT_MALFORMED, "malformed: %c frame of %zu bytes", kind, length);
  switch (kind) {
    case 'A':
      add_argument(payload, length);
      break;
    case 'E':
      set_variable(payload, length);
      break;
    case 'L':
      lower_limit(payload, length);
      break;
    case 'B':
      begin_with(payload, length);
      break;
    case 'W':
      want_file(payload, length);
      if (job.wanted_sent == 1) keep_reserve();
      break;
    case 'C':
      add_flag(payload, length);
      break;
    case 'H':
      if (!cells || job.compile[0] == NULL) fault(EXIT_MALFORMED, "malformed: nothing can be held");
      job.hold = true;
      break;
    case 'M':
      if (held < 0 || job.made) fault(EXIT_MALFORMED, "malformed: nothing is held");
      job.made = true;
      if (!copy_held()) fault(EXIT_FAULT, "cannot copy the folder: %s", strerror(errno));
      break;
    case 'T':
      if (job.compile[0] == NULL) fault(EXIT_MALFORMED, "malformed: nothing is made");
      keep_reserve();
      job.tell = true;
      break;
    case 'N':
      if (job.compile[0] == NULL || job.made) fault(EXIT_MALFORMED, "malformed: nothing to leave out");
      close_fd(&held);
      job.made = job.restored = true;
      break;
    case 'G':
      if (!job.made) close_fd(&held);
      if (job.restored && job.hold && !hold_folder()) fault(EXIT_FAULT, "cannot copy the folder: %s", strerror(errno));
      start_phase(job.compile[0] != NULL && !job.made ? 'C' : 'R', came_ahead);
      break;
    case 'I':
      keep_stdin(payload, length);
      break;
    case 'X':
      end_stdin();
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
