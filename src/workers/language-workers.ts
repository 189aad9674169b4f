// The life of a runner's activity workers, one a queue of jobs. A worker that is shut down takes no more jobs; what runs may end.
import type { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Language } from '../languages.js';

/** A task queue with jobs of a language. */
export type JobQueue = { name: string; language: Language };

export type LanguageWorkers = {
  /** Starts the workers of these queues that do not run, and shuts down all others. */
  keep(queues: readonly JobQueue[]): Promise<void>;
  stop(): Promise<void>;
  /** Rejects when a worker fails. */
  failed: Promise<never>;
};

export type LanguageWorkersOptions = {
  create: (queue: JobQueue) => Promise<Worker>;
  /** A worker takes jobs of the queue, or no longer does. */
  onChange: (queue: JobQueue, takesJobs: boolean) => void;
  log: Logger;
};

type Running = { queue: JobQueue; worker: Worker; ended: Promise<void> };

export function createLanguageWorkers({ create, onChange, log }: LanguageWorkersOptions): LanguageWorkers {
  const running = new Map<string, Running>();
  let fail: (error: unknown) => void;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});

  async function start(queue: JobQueue): Promise<void> {
    try {
      const worker = await create(queue);
      const ended = worker.run().then(() => void running.delete(queue.name), fail);
      running.set(queue.name, { queue, worker, ended });
      onChange(queue, true);
    } catch (error) {
      log.warn({ err: error, queue: queue.name }, 'no worker could be made, trying again soon');
    }
  }

  function shutDown({ queue, worker }: Running): void {
    if (worker.getState() !== 'RUNNING') return;
    worker.shutdown();
    onChange(queue, false);
  }

  return {
    failed,
    async keep(queues) {
      const wanted = new Set(queues.map(({ name }) => name));
      for (const one of running.values()) if (!wanted.has(one.queue.name)) shutDown(one);
      // One that is still being shut down is replaced the next time: two at once are refused by the SDK.
      await Promise.all(queues.filter(({ name }) => !running.has(name)).map(start));
    },
    async stop() {
      const all = [...running.values()];
      all.forEach(shutDown);
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
