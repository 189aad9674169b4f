// Python's programs are forked from an interpreter that has started once: they are what a normal start makes, and none of them
// leaves anything in it for the next.
import { expect, test } from 'vitest';
import type { JobRequest } from '../../src/job.js';
import { checkLeaksAfterEach, hasEnded, type JobBody, request, untilJob } from './service.js';

checkLeaksAfterEach();

/** The server's pid, found as a program can find it. */
const FIND = `
import glob, os, signal, sys
def server():
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        pid = int(path.split("/")[2])
        if pid not in (1, os.getpid()) and b"ready" in open(path, "rb").read():
            return pid
`;

/** One job: its program runs once for each word, in one container, and finds the word in its standard input. */
async function runEach(code: string, words: readonly string[], more: Partial<JobRequest> = {}) {
  const runs = words.map((word) => ({ stdin: `${word}\n` }));
  return submitRuns({ code, language: 'python', runs, ...more });
}

async function submitRuns(job: JobRequest): Promise<NonNullable<JobBody['runs']>> {
  const response = await request('/jobs', { body: JSON.stringify(job) });
  expect(response.status, await response.clone().text()).toBe(200);
  const { job_id: id } = (await response.json()) as { job_id: string };
  return (await untilJob(id, hasEnded)).runs ?? [];
}

test('a program sees what it sees after a normal start', async () => {
  const code = `
import gc, json, os, resource, signal, sys
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
told = ["SigBlk", "SigIgn", "SigCgt", "SigPnd", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp",
        "Seccomp_filters", "Uid", "Gid", "Groups", "Threads", "Umask", "CoreDumping", "TracerPid"]
about = {
    "status": {name: status.get(name) for name in told},
    "limits": [resource.getrlimit(n) for n in range(16)],
    "parent": os.getppid(), "leads": os.getpid() == os.getpgrp() == os.getsid(0), "nice": os.nice(0),
    "oom": open("/proc/self/oom_score_adj").read(), "owner": os.stat("/proc/self/mem").st_uid == os.getuid(),
    "files": sorted(os.listdir("/proc/self/fd")), "folder": os.getcwd(), "mounts": open("/proc/self/mounts").read(),
    "environment": dict(os.environ), "argv": sys.argv[:1], "orig_argv": sys.orig_argv[:2], "path": sys.path, "flags": str(sys.flags),
    "options": sys._xoptions, "modules": sorted(sys.modules), "main": sorted(globals()), "file": __file__, "spec": str(__spec__),
    "handlers": {int(s): str(signal.getsignal(s)) for s in signal.valid_signals()},
    "streams": [(s.encoding, s.errors, s.line_buffering, s.write_through, s.mode, s.name, s.isatty(), type(s.buffer).__name__, s.seekable())
                for s in (sys.stdin, sys.stdout, sys.stderr)],
    "gc": [gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()],
}
try:
    os.wait()
except ChildProcessError as error:
    about["wait"] = str(error)
print(json.dumps(about))`;
  const [forked, started] = await submitRuns({ code, language: 'python', runs: [{}, { args: ['more'] }] });
  expect(forked).toMatchObject({ status: 'completed', stderr: '' });
  expect(JSON.parse(forked?.stdout ?? '')).toEqual(JSON.parse(started?.stdout ?? ''));
});

test('programs are forked from one interpreter, where they could be', async () => {
  // What is forked has its parent's addresses; what is started has others.
  const code = 'print(next(line.split("-")[0] for line in open("/proc/self/maps") if "libc.so" in line))';
  const none = { code, language: 'python' };
  const runs = await submitRuns({ ...none, runs: [{}, {}, { args: ['more'] }, { args: ['more'] }, {}, {}] });
  const [first, second, started, startedToo, fifth, sixth] = runs.map(({ stdout }) => stdout);
  expect(first).toMatch(/^[0-9a-f]{8,}\n$/);
  expect([second, fifth, sixth]).toEqual([first, first, first]);
  expect(new Set([first, started, startedToo]).size).toBe(3);
});

test.each([
  ['kills all that it can', 'os.kill(-1, signal.SIGKILL)'],
  ['kills the server', 'os.kill(server(), signal.SIGKILL)'],
  ['stops the server', 'os.kill(server(), signal.SIGSTOP)'],
  [
    'sends the server every signal that does not end it, many times',
    'for s in (set(signal.valid_signals()) - {signal.SIGKILL, signal.SIGSTOP}):\n        [os.kill(server(), s) for _ in range(50)]',
  ],
  [
    'leaves processes',
    'for _ in range(5):\n        if os.fork() == 0:\n            os.setsid()\n            signal.pause()',
  ],
  [
    'leaves processes and kills the server',
    'os.kill(server(), signal.SIGKILL)\n    if os.fork() == 0:\n        os.setsid()\n        signal.pause()',
  ],
  [
    'ends with many threads',
    'import threading\n    [threading.Thread(target=signal.pause, daemon=True).start() for _ in range(20)]',
  ],
])('a program that %s is followed by programs as if nothing had been', async (_, attack) => {
  const code = `${FIND}
if input() == "attack":
    ${attack}
else:
    others = {int(path.split("/")[2]) for path in glob.glob("/proc/[0-9]*")} - {1, os.getpid(), server()}
    print("others", others or "none", len(open(f"/proc/{server()}/stat").read()) > 0)`;
  const [attacked, ...others] = await runEach(code, ['attack', 'look', 'look', 'attack', 'look']);
  expect(attacked).toMatchObject({ status: 'completed' });
  for (const index of [0, 1, 3])
    expect(others[index]).toMatchObject({ status: 'completed', stdout: 'others none True\n' });
});

test('a program can neither read the server nor change it', async () => {
  const code = `${FIND}
import ctypes, resource
pid = server()
libc = ctypes.CDLL(None, use_errno=True)
def refused(name, call):
    try:
        print(name, "went through:", call())
    except OSError:
        pass
for name in ("mem", "environ", "maps", "fd/9", "root", "cwd", "auxv", "io", "ns/user"):
    refused(name, lambda: (os.readlink if name in ("fd/9", "root", "cwd", "ns/user") else lambda path: open(path, "rb").read(1))(f"/proc/{pid}/{name}"))
for name in ("oom_score_adj", "comm", "timerslack_ns", "coredump_filter", "clear_refs", "autogroup"):
    refused(name, lambda: os.write(os.open(f"/proc/{pid}/{name}", os.O_WRONLY), b"1"))
refused("limits", lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE, (10, 10)))
refused("affinity", lambda: os.sched_setaffinity(pid, {0}))
refused("scheduler", lambda: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0)))
refused("priority", lambda: os.setpriority(os.PRIO_PROCESS, pid, 5))
refused("group", lambda: os.setpgid(pid, 0))
def call(number, *arguments):
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return "yes"
refused("ptrace", lambda: call(101, 16, pid, 0, 0))
refused("process_vm_readv", lambda: call(310, pid, 0, 0, 0, 0, 0))
refused("process_vm_writev", lambda: call(311, pid, 0, 0, 0, 0, 0))
refused("pidfd_getfd", lambda: call(438, os.pidfd_open(pid), 3, 0))
refused("setns", lambda: call(308, os.pidfd_open(pid), 0x20000000))
refused("kcmp", lambda: call(312, pid, os.getpid(), 0, 0, 0))
refused("move_pages", lambda: call(279, pid, 0, 0, 0, 0, 0))
refused("migrate_pages", lambda: call(256, pid, 0, 0, 0))
refused("process_madvise", lambda: call(440, os.pidfd_open(pid), 0, 0, 0, 0))
refused("ioprio", lambda: call(251, 1, pid, 0))
print("done")`;
  const [run] = await runEach(code, ['look']);
  expect(run).toMatchObject({ status: 'completed', stdout: 'done\n', stderr: '' });
});

test('a program’s variables, modules and files are not the next one’s', async () => {
  const code = `
import sys, os, builtins
if input() == "leave":
    builtins.left = sys.left = 1; sys.modules["left"] = sys; sys.path.append("/left"); sys.flags
    os.environ["LEFT"] = "1"; open("left.py", "w").write("x = 1"); sys.setrecursionlimit(77); os.umask(0); os.nice(0)
    import gc; gc.disable(); sys.setswitchinterval(1); sys.stdout.reconfigure(line_buffering=False, encoding="latin-1")
else:
    import gc
    print(hasattr(builtins, "left"), hasattr(sys, "left"), "left" in sys.modules, "/left" in sys.path, "LEFT" in os.environ,
          os.listdir(), sys.getrecursionlimit(), os.umask(0), gc.isenabled(), sys.getswitchinterval(), sys.stdout.encoding)`;
  const runs = await runEach(code, ['look', 'leave', 'look']);
  expect(runs[0]).toMatchObject({ status: 'completed', stderr: '' });
  expect(runs[0]?.stdout).toContain("False False False False False ['main.py'] 1000 18 True 0.005 utf-8");
  expect(runs[2]?.stdout).toBe(runs[0]?.stdout);
});
