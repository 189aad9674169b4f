import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import type { StartedProcess } from './keep-running.js';
import { readLogTail } from './log-tail.js';

export type NodeProcess = StartedProcess & { /** What it said when it was ready. */ ready: unknown };

const READY_TIMEOUT_MS = 120_000;

/**
 * Starts one of our entry files as a process of its own, its output appended to `logFile`. Resolves with its first message.
 * It does not share our terminal's signals, and stops by itself when we are gone.
 */
export async function startNode(options: {
  script: string;
  environment: NodeJS.ProcessEnv;
  logFile: string;
  stopTimeoutMs: number;
}): Promise<NodeProcess> {
  const log = openSync(options.logFile, 'a');
  const child = spawn(process.execPath, ['--enable-source-maps', options.script], {
    env: options.environment,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  const logStart = fstatSync(log).size;
  closeSync(log);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), options.stopTimeoutMs);
    await exited;
    clearTimeout(timer);
  }

  const ready = await new Promise<unknown>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`It was not ready in time, see ${options.logFile}`)),
      READY_TIMEOUT_MS,
    );
    child.once('message', resolve);
    child.once('error', reject);
    void exited.then(async (code) => {
      // Somebody may have moved the log away; that must not end this process too.
      const lines = await readLogTail(options.logFile, logStart).catch(() => '');
      reject(new Error(`It ended with exit code ${code}. The last lines of ${options.logFile}:\n${lines}`));
    });
    child.once('message', () => clearTimeout(timer));
    child.once('exit', () => clearTimeout(timer));
  }).catch(async (error) => {
    if (child.pid !== undefined && child.exitCode === null) await stop();
    throw error;
  });
  return { pid: child.pid as number, exited, ready, stop };
}
