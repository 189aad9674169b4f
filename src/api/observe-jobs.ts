import type { FinishedJobs } from '../finished-jobs.js';
import { durationMs, type FinishedJob, type JobResult } from '../job.js';
import type { Language } from '../languages.js';
import type { ApiMetrics, Outcome } from '../metrics.js';

/** Counts each job that ends, and keeps it at hand. Once: Temporal may have an ended job recorded again. */
export function observeJobs(
  { requests, executionDuration }: ApiMetrics,
  languages: readonly Pick<Language, 'id'>[],
  finishedJobs: FinishedJobs,
): (job: FinishedJob) => void {
  return (job) => {
    if (finishedJobs.get(job.jobId)) return;
    finishedJobs.add(job);
    // A job that came past the API may name anything.
    const language = languages.some(({ id }) => id === job.language) ? job.language : 'unknown';
    const status = toOutcome(job.result);
    requests.inc({ language, status });
    const ms = durationMs(job.result);
    if (ms !== null && status !== 'error') executionDuration.observe({ language }, ms / 1000);
  };
}

/** A cancelled job is no success, and not the platform's fault either: it must not raise an alarm. */
export function toOutcome({ status, reason }: Pick<JobResult, 'status' | 'reason'>): Outcome {
  if (status === 'completed') return 'success';
  return reason === 'platform' || reason === 'no_capacity' ? 'error' : 'failure';
}
