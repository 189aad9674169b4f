// Starts the Docker engine: by systemd where that runs, else as a process that stays up after us.
import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readLogTail } from '../log-tail.js';
import { ADMIN_PATH } from './apt-install.js';

const run = promisify(execFile);

const START_LIMIT_MS = 60_000;
const POLL_MS = 100;
const PID_FILE = '/var/run/docker.pid';

/** For a host whose kernel lacks what iptables needs: containers then have no network, and builds use the host's. */
const WITHOUT_NETWORK = ['--iptables=false', '--ip6tables=false', '--bridge=none'];

export type DockerStart = {
  logFile: string;
  /** The running engine's version, undefined while there is none. */
  findEngine: () => Promise<string | undefined>;
};

/**
 * Resolves when the engine answers, be it this process's or one that another process started at the same time.
 * @throws Error with the end of the engine's log.
 */
export async function startDocker(start: DockerStart, report: (line: string) => void): Promise<void> {
  if (existsSync('/run/systemd/system')) {
    await run('systemctl', ['start', 'docker']).catch(() => {});
    const version = await untilFound(start, () => false);
    if (!version)
      throw new Error('Docker: systemd could not start it. See what `systemctl status docker` says.');
    report(`Docker: engine ${version} started by systemd`);
    return;
  }
  await mountCgroups(report);
  const first = await spawnEngine(start, []);
  if (first.version) return report(describe(first, start));
  if (!/iptables|nf_tables|network controller/i.test(first.log)) throw failure(first, start);
  const second = await spawnEngine(start, WITHOUT_NETWORK);
  if (!second.version) throw failure(second, start);
  report(`${describe(second, start)}; without iptables, so images are built with the host's network`);
}

/** A fresh virtual machine or container may have none. */
async function mountCgroups(report: (line: string) => void): Promise<void> {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  if (mounts.some((line) => /^cgroup2?$/.test(line.split(' ')[2] ?? ''))) return;
  try {
    await run('mount', ['-t', 'cgroup2', 'cgroup2', '/sys/fs/cgroup'], { env: { PATH: ADMIN_PATH } });
    report('Docker: control groups mounted at /sys/fs/cgroup');
  } catch (error) {
    throw new Error(`Docker needs control groups. Mount them at /sys/fs/cgroup: ${(error as Error).message}`);
  }
}

type Attempt = { version: string | undefined; pid: number | undefined; log: string };

async function spawnEngine(start: DockerStart, args: string[]): Promise<Attempt> {
  removeStalePidFile();
  mkdirSync(dirname(start.logFile), { recursive: true });
  const log = openSync(start.logFile, 'a');
  const logStart = fstatSync(log).size;
  const child = spawn('dockerd', args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, PATH: ADMIN_PATH },
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));

  const tail = () => readLogTail(start.logFile, logStart);
  const version = await untilFound(start, async () => ended && !isOtherStarting(await tail()));
  return { version, pid: ended ? undefined : child.pid, log: await tail() };
}

/** Left by an engine that was killed; a new one would refuse to start if any process now has that number. */
function removeStalePidFile(): void {
  try {
    const pid = readFileSync(PID_FILE, 'utf8').trim();
    if (existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'dockerd') return;
    rmSync(PID_FILE, { force: true });
  } catch {
    // No such file: nothing is stale.
  }
}

async function untilFound(
  { findEngine }: DockerStart,
  isHopeless: () => boolean | Promise<boolean>,
): Promise<string | undefined> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    // It takes connections a while before it answers them.
    const version = await findEngine().catch(() => undefined);
    if (version || (await isHopeless())) return version;
    await delay(POLL_MS);
  }
  return undefined;
}

/** Ours gave way to an engine that another process has just started. */
function isOtherStarting(log: string): boolean {
  return /pid file found|is still running|already running/i.test(log);
}

function describe({ version, pid }: Attempt, { logFile }: DockerStart): string {
  if (pid === undefined) return `Docker: engine ${version} was started by another process`;
  return `Docker: engine ${version} started, pid ${pid}, log ${logFile}; it stays up`;
}

function failure({ log }: Attempt, { logFile }: DockerStart): Error {
  return new Error(`Docker: the engine could not be started. See ${logFile}; its last lines:\n${log}`);
}
