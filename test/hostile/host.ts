// What a job could leave on the host, read from the host itself. Users from 60000 up are the jobs'.
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Users that jobs have: 60000 and the number of the slot, which is 1000 and more where there are no holders. */
const isJobUser = (uid: number) => uid >= 60_000 && uid < 62_000;

/** Where any user may write, and where the kernel or a crash reporter would put a memory dump. */
const OPEN_FOLDERS = ['/tmp', '/var/tmp', '/dev/shm', '/dev/mqueue', '/run/lock'];
/** All but SIGCHLD, and the two that cannot be ignored; two more are the C library's own. */
const MOST_SIGNALS = /^fffffffe7ffafeff$/;
const CRASH_FOLDERS = ['/var/crash', '/var/lib/systemd/coredump', '/cores'];

export type HostProcess = {
  pid: number;
  parent: number;
  name: string;
  uid: number;
  zombie: boolean;
  /** PID 1 of its container, or of the machine. */
  isFirst: boolean;
  startedAt: string;
  /** Id of its container; undefined for a process in none. */
  container: string | undefined;
};

/** Every process of a job's user. */
export const jobProcesses = () => hostProcesses().filter(({ uid }) => isJobUser(uid));

/** Processes of programs: not the supervisor, and not what waits for the next program. */
export const programProcesses = () =>
  jobProcesses().filter(
    ({ pid, container, isFirst }) => container !== undefined && !isFirst && !isWaiting(pid),
  );

/** Containers in which a program runs. */
export const busyContainerIds = () => new Set(programProcesses().map(({ container }) => container as string));

/**
 * A process that was started ahead keeps the pipe over which it will hear of its program; one that forks such processes has a
 * socket there, and ignores every signal that it can.
 */
export function isWaiting(pid: number): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const loadsWhatWaits = () => readFileSync(`/proc/${pid}/maps`, 'utf8').includes('/wait-for-program.so');
    if (!/-ready\.(js|so|rb)\0|\0-X\0ready\0/.test(command) && !loadsWhatWaits()) return false;
    const [kind] = readlinkSync(`/proc/${pid}/fd/9`).split(':');
    const ignored = /^SigIgn:\s+([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
    return kind === 'pipe' || (kind === 'socket' && MOST_SIGNALS.test(ignored));
  } catch {
    return false;
  }
}

/** Whether it still is there, and not another one with its number. */
export const isStillThere = ({ pid, startedAt }: HostProcess) => readProcess(pid)?.startedAt === startedAt;

/** Processes that ended and that nobody has reaped, among the jobs' and below these. */
export const zombies = (parents: number[]) =>
  hostProcesses().filter(({ zombie, uid, parent }) => zombie && (isJobUser(uid) || parents.includes(parent)));

/** Memory that a process holds now, in bytes. */
export function residentBytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

/** Files of the jobs' users in folders that anybody may write to, and every memory dump. */
export function leftFiles(): string[] {
  const own = OPEN_FOLDERS.flatMap((folder) => listFiles(folder, 2)).filter((path) => {
    const status = lstatSync(path, { throwIfNoEntry: false });
    return status !== undefined && isJobUser(status.uid);
  });
  return [...own, ...CRASH_FOLDERS.flatMap((folder) => listFiles(folder, 1))];
}

/** Shared memory, semaphores and message queues of the jobs' users. */
export function leftIpc(): string[] {
  return ['shm', 'sem', 'msg'].flatMap((kind) => {
    const path = `/proc/sysvipc/${kind}`;
    if (!existsSync(path)) return [];
    const [head = [], ...rows] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/));
    const own = rows.filter((row) => isJobUser(Number(row[head.indexOf('uid')])));
    return own.map((row) => `${kind} ${row[1]}`);
  });
}

/** Every place where something is mounted. */
export const mountPoints = () =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');

function hostProcesses(): HostProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => readProcess(Number(pid)) ?? []);
}

/** Undefined when it has gone meanwhile. */
function readProcess(pid: number): HostProcess | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [container] = /[0-9a-f]{64}/.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8')) ?? [];
    return {
      pid,
      parent: Number(field('PPid')),
      name: field('Name'),
      uid: Number(field('Uid')),
      zombie: field('State') === 'Z',
      isFirst: /^NSpid:.*\t1$/m.test(status),
      startedAt: stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '',
      container,
    };
  } catch {
    return undefined;
  }
}

function listFiles(folder: string, depth: number): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return [path, ...(entry.isDirectory() && depth > 1 ? listFiles(path, depth - 1) : [])];
    });
  } catch {
    return [];
  }
}
