// The embedded server: one process, one SQLite file. It lives as long as the process that started it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { readDynamicConfig } from './dynamic-config.js';
import { reservePort } from './reserve-port.js';
import { type TemporalServerOptions, toServerArguments } from './server-arguments.js';
import { setAsideOtherVersion } from './set-aside-other-version.js';
import { waitForFrontend } from './wait-for-frontend.js';

export type { TemporalServerOptions };

export type TemporalServer = {
  address: string;
  uiUrl: string;
  pid: number;
  /** Resolves with the exit code when the server has ended, null after a signal. Never rejects. */
  exited: Promise<number | null>;
  /** Ends the server, by force after 10 s. */
  stop(): Promise<void>;
};

const STOP_LIMIT_MS = 10_000;
const START_ATTEMPTS = 3;
/** What a Go program ends with when it panics. */
const PANIC_EXIT_CODE = 2;

/**
 * Starts Temporal's server and resolves when its frontend answers.
 * @throws Error with the last lines of the log, or the port that is taken and its setting.
 */
export async function startTemporalServer(
  options: TemporalServerOptions,
  report: (line: string) => void = () => {},
): Promise<TemporalServer> {
  const started = performance.now();
  const { executable, dbFile, logFile } = options;
  await Promise.all([dbFile, logFile].map((file) => mkdir(dirname(file), { recursive: true })));
  for (let attempt = 1; ; attempt++) {
    const ports = await reservePorts(options);
    if (attempt === 1) await setAsideOtherVersion(executable, dbFile, report);
    const { child, logStart } = await spawnServer({ ...options, ...ports });
    const server = toServer(child, ports);
    const { address, exited } = server;
    try {
      await waitForFrontend({ address, exited, logFile, logStart });
    } catch (error) {
      await server.stop();
      // The server takes half a dozen ports of its own choice, and panics when another process gets one of them first.
      if ((await exited) !== PANIC_EXIT_CODE || attempt === START_ATTEMPTS) throw error;
      report(`Temporal server: start ${attempt} ended in a panic, trying again; see ${logFile}`);
      continue;
    }
    const ms = Math.round(performance.now() - started);
    report(`Temporal server: ${address}, Web UI ${server.uiUrl}, started in ${ms} ms`);
    return server;
  }
}

async function reservePorts({ ip = '127.0.0.1', port, uiPort }: TemporalServerOptions) {
  return {
    ip,
    port: await reservePort(ip, port, 'temporal.port'),
    uiPort: await reservePort(ip, uiPort, 'temporal.ui-port'),
  };
}

async function spawnServer(options: Required<TemporalServerOptions>) {
  const command = [options.executable, ...toServerArguments(options, await readDynamicConfig())];
  // A kill -9 of this process must not leave the server behind. setpriv becomes the server, so the pid is the server's.
  const [file, ...args] = (await hasSetpriv()) ? ['setpriv', '--pdeathsig', 'TERM', ...command] : command;
  const log = openSync(options.logFile, 'a');
  const logStart = fstatSync(log).size;
  const child = spawn(file as string, args, {
    // A process group of its own: a terminal's Ctrl-C is for us, who then stop the server after its clients.
    detached: true,
    stdio: ['ignore', log, log],
    // Fewer garbage collections for more memory, as long as there is some. On two cores 400 gave 12 % more jobs a second than 100, and
    // with 800 a burst was accepted by a tenth faster.
    env: { ...process.env, GOGC: '800', GOMEMLIMIT: `${Math.floor(totalmem() / 4 / 2 ** 20)}MiB` },
  });
  // Not awaited, nor is anything else from here: a server that ends at once would have ended before anybody listens.
  closeSync(log);
  return { child, logStart };
}

async function hasSetpriv(): Promise<boolean> {
  const run = promisify(execFile);
  return run('setpriv', ['--pdeathsig', 'TERM', 'true']).then(
    () => true,
    () => false,
  );
}

function toServer(
  child: ChildProcess,
  { ip, port, uiPort }: { ip: string; port: number; uiPort: number },
): TemporalServer {
  const host = ip === '0.0.0.0' ? '127.0.0.1' : ip;
  const kill = () => child.kill('SIGTERM');
  process.once('exit', kill);
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  }).finally(() => process.off('exit', kill));
  return {
    address: `${host}:${port}`,
    uiUrl: `http://${host}:${uiPort}`,
    pid: child.pid ?? 0,
    exited,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
