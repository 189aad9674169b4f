// The embedded server: one process, one SQLite file. It lives as long as the process that started it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
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

/**
 * Starts Temporal's server and resolves when its frontend answers.
 * @throws Error with the last lines of the log, or the port that is taken and its setting.
 */
export async function startTemporalServer(
  options: TemporalServerOptions,
  report: (line: string) => void = () => {},
): Promise<TemporalServer> {
  const started = performance.now();
  const { ip = '127.0.0.1', executable, dbFile, logFile } = options;
  const port = await reservePort(ip, options.port, 'temporal.port');
  const uiPort = await reservePort(ip, options.uiPort, 'temporal.ui-port');
  await Promise.all([dbFile, logFile].map((file) => mkdir(dirname(file), { recursive: true })));
  await setAsideOtherVersion(executable, dbFile, report);

  const { child, logStart } = await spawnServer({ ...options, ip, port, uiPort });
  const server = toServer(child, { ip, port, uiPort });
  await waitForFrontend({ address: server.address, exited: server.exited, logFile, logStart }).catch(
    async (error: unknown) => {
      await server.stop();
      throw error;
    },
  );
  const ms = Math.round(performance.now() - started);
  report(`Temporal server: ${server.address}, Web UI ${server.uiUrl}, started in ${ms} ms`);
  return server;
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
    // Fewer garbage collections for more memory: 12 % more jobs a second on two cores.
    env: { ...process.env, GOGC: '400' },
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
