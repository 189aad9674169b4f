// A Docker engine of the test's own, which may be killed and frozen: the machine's engine has other users.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Docker from 'dockerode';
import { readLogTail } from '../../src/log-tail.js';

const run = promisify(execFile);

const START_LIMIT_MS = 60_000;

export type OwnEngine = {
  /** For DOCKER_HOST. */
  host: string;
  readonly pid: number;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts an engine with these images, copied from the machine's. Needs root. */
export async function startOwnEngine(images: readonly string[]): Promise<OwnEngine> {
  // Not in a memory file system: overlayfs refuses some as its upper layer. And a socket's path is short.
  const folder = mkdtempSync('/var/tmp/braindrill-engine-');
  const socketPath = join(folder, 'docker.sock');
  const logFile = join(folder, 'dockerd.log');
  const docker = new Docker({ socketPath });
  let child: ChildProcess;
  let exited: Promise<unknown>;

  async function start(): Promise<void> {
    // What a killed engine wrote down of its containerd makes the next one wait for it.
    rmSync(join(folder, 'exec/containerd/containerd.pid'), { force: true });
    const log = openSync(logFile, 'a');
    child = spawn(
      'setpriv',
      [
        // Each becomes the next one, so the pid is the engine's. It does not outlive the tests, however they end.
        ...['--pdeathsig', 'TERM', 'unshare'],
        // In a network of its own: an engine without a bridge takes the bridge of the machine's engine away.
        ...['--net', 'dockerd'],
        ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
        ...['--pidfile', join(folder, 'docker.pid'), '--host', `unix://${socketPath}`],
        ...['--bridge=none', '--iptables=false', '--ip6tables=false'],
      ],
      // A process group of its own: a terminal's Ctrl-C is for the tests, which stop it last.
      { stdio: ['ignore', log, log], detached: true },
    );
    closeSync(log);
    exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    const deadline = Date.now() + START_LIMIT_MS;
    while (!(await answers(docker))) {
      if (Date.now() > deadline || child.exitCode !== null) {
        throw new Error(`The test's own engine did not start:\n${await readLogTail(logFile, 0)}`);
      }
      await sleep(50);
    }
  }

  await start();
  const machine = new Docker();
  for (const image of images) {
    await untilRead(await docker.loadImage(await machine.getImage(image).get()));
  }
  return {
    host: `unix://${socketPath}`,
    get pid() {
      return child.pid as number;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    start,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      await removeFolder(folder);
    },
  };
}

async function answers(docker: Docker): Promise<boolean> {
  const asked = docker as unknown as { ping(options: object): Promise<unknown> };
  return asked.ping({ abortSignal: AbortSignal.timeout(1_000) }).then(
    () => true,
    () => false,
  );
}

async function untilRead(stream: NodeJS.ReadableStream): Promise<void> {
  for await (const chunk of stream) {
    if (chunk.toString().includes('"error"')) throw new Error(`image not copied: ${chunk}`);
  }
}

/** A killed engine leaves mounts and, of containers whose shims it lost, processes. */
async function removeFolder(folder: string): Promise<void> {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const command = readCommand(pid);
    if (command.includes('containerd-shim') && command.includes(folder)) process.kill(Number(pid), 'SIGKILL');
  }
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const left = mounts.map((line) => line.split(' ')[1] ?? '').filter((path) => path.startsWith(folder));
  for (const path of left.reverse()) await run('umount', ['--lazy', path]);
  rmSync(folder, { recursive: true });
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
