// The life of a runner's activity workers, one a language. A worker that is shut down takes no more jobs; what runs may end.
import type { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Language } from '../languages.js';

export type LanguageWorkers = {
  /** Starts the workers of these languages that do not run, and shuts down all others. */
  keep(languages: readonly Language[]): Promise<void>;
  stop(): Promise<void>;
  /** Rejects when a worker fails. */
  failed: Promise<never>;
};

export type LanguageWorkersOptions = {
  create: (language: Language) => Promise<Worker>;
  /** A worker takes jobs of the language, or no longer does. */
  onChange: (language: Language, takesJobs: boolean) => void;
  log: Logger;
};

type Running = { language: Language; worker: Worker; ended: Promise<void> };

export function createLanguageWorkers({ create, onChange, log }: LanguageWorkersOptions): LanguageWorkers {
  const running = new Map<string, Running>();
  let fail: (error: unknown) => void;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});

  async function start(language: Language): Promise<void> {
    try {
      const worker = await create(language);
      const ended = worker.run().then(() => void running.delete(language.id), fail);
      running.set(language.id, { language, worker, ended });
      onChange(language, true);
    } catch (error) {
      log.warn({ err: error, language: language.id }, 'no worker could be made, trying again soon');
    }
  }

  function shutDown({ language, worker }: Running): void {
    if (worker.getState() !== 'RUNNING') return;
    worker.shutdown();
    onChange(language, false);
  }

  return {
    failed,
    async keep(languages) {
      const wanted = new Set(languages.map(({ id }) => id));
      for (const one of running.values()) if (!wanted.has(one.language.id)) shutDown(one);
      // One that is still being shut down is replaced the next time: two at once are refused by the SDK.
      await Promise.all(languages.filter(({ id }) => !running.has(id)).map(start));
    },
    async stop() {
      const all = [...running.values()];
      all.forEach(shutDown);
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
