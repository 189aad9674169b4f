import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { readLogTail } from '../src/log-tail.js';

const START_LIMIT_MS = 60_000;
const POLL_MS = 25;

export type Frontend = {
  address: string;
  exited: Promise<number | null>;
  logFile: string;
  /** Size of the log before this start. */
  logStart: number;
};

/**
 * Resolves when the server answers a call.
 * @throws Error with the log's last lines when it ends first, or takes too long.
 */
export async function waitForFrontend({ address, exited, logFile, logStart }: Frontend): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  const problem = async (what: string) =>
    new Error(
      `The Temporal server ${what}. See ${logFile}; its last lines:\n${await readLogTail(logFile, logStart)}`,
    );
  const ended = exited.then(() => 'ended' as const);

  while (Date.now() < deadline) {
    const state = await Promise.race([ended, answers(address)]);
    if (state === 'ended') throw await problem(`ended while it started (exit code ${await exited})`);
    if (state) return;
    await delay(POLL_MS);
  }
  throw await problem(`did not answer within ${START_LIMIT_MS / 1000} s`);
}

/** The plain connection first: the gRPC client waits a second before it tries a refused one again. */
async function answers(address: string): Promise<boolean> {
  if (!(await accepts(address))) return false;
  try {
    const connection = await Connection.connect({ address, connectTimeout: '2s' });
    try {
      await connection.workflowService.getSystemInfo({});
    } finally {
      await connection.close();
    }
    return true;
  } catch {
    return false;
  }
}

async function accepts(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  const socket = connect(Number(port), host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
