// While the engine is away nobody asks it for a container: a job has three attempts, and without an engine each would be burnt
// in a moment. They wait here instead, until it answers again and what it left behind is in order.
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/activity';
import type { Logger } from 'pino';

const PING_EVERY_MS = 250;

/** Well within what an attempt may take in all; then it may be another runner's turn. */
const PATIENCE_MS = 45_000;

export type EngineGate = {
  /** Resolves at once, or when the engine is back. Rejects when that takes too long, or with the signal's reason. */
  pass(signal: AbortSignal): Promise<void>;
  /** The engine did not answer: nobody passes before it does. */
  close(reason: unknown): void;
};

export type EngineGateOptions = {
  /** Rejects while the engine does not answer. */
  ping: () => Promise<unknown>;
  /** Called when it answers again, before anybody passes; pinged anew when this rejects. */
  onBack: () => Promise<void>;
  log: Logger;
  patienceMs?: number;
};

export function createEngineGate(options: EngineGateOptions): EngineGate {
  const { ping, onBack, log, patienceMs = PATIENCE_MS } = options;
  let back: Promise<void> | undefined;

  async function untilBack(): Promise<void> {
    for (;;) {
      await sleep(PING_EVERY_MS, undefined, { ref: false });
      try {
        await ping();
        await onBack();
        return;
      } catch {
        // Still away.
      }
    }
  }

  return {
    close(reason) {
      if (back !== undefined) return;
      log.warn({ err: reason }, 'the Docker engine does not answer: attempts wait for it');
      const closedAt = performance.now();
      back = untilBack().then(() => {
        back = undefined;
        log.info({ ms: Math.round(performance.now() - closedAt) }, 'the Docker engine answers again');
      });
    },
    async pass(signal) {
      signal.throwIfAborted();
      if (back !== undefined) await withPatience(back, patienceMs, signal);
    },
  };
}

async function withPatience(back: Promise<void>, patienceMs: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  const enough = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    const message = `the Docker engine was away for ${patienceMs / 1000} s`;
    timer = setTimeout(() => reject(ApplicationFailure.create({ type: 'EngineAway', message })), patienceMs);
  });
  try {
    await Promise.race([back, enough]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
