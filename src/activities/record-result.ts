import type { FinishedJob } from '../job.js';

/** Told once of every job that ends: metrics, waiting callers. */
export type JobObserver = (job: FinishedJob) => void;

/** Hands the ended job to those in this process who want to know. */
export function createRecordResult(observe: JobObserver) {
  return async function recordResult(job: FinishedJob): Promise<void> {
    observe(job);
  };
}
