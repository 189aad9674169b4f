// Jobs that ended lately, in memory. A shortcut only: the Temporal server has them all, and they never change.
import type { FinishedJob } from './job.js';

const MAX_BYTES = 64 * 1024 * 1024;

export type FinishedJobs = {
  add(job: FinishedJob): void;
  get(jobId: string): FinishedJob | undefined;
  delete(jobId: string): void;
};

/** Keeps at most 64 MB, the oldest go first. */
export function createFinishedJobs(maxBytes = MAX_BYTES): FinishedJobs {
  const jobs = new Map<string, FinishedJob>();
  let bytes = 0;

  function remove(jobId: string): void {
    const job = jobs.get(jobId);
    if (job === undefined) return;
    jobs.delete(jobId);
    bytes -= sizeOf(job);
  }

  return {
    add(job) {
      remove(job.jobId);
      jobs.set(job.jobId, job);
      bytes += sizeOf(job);
      for (const oldest of jobs.keys()) {
        if (bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    get: (jobId) => jobs.get(jobId),
    delete: remove,
  };
}

/** Near enough: two bytes a character of output, and the rest. */
function sizeOf({ result }: FinishedJob): number {
  const compile = result.compile ? result.compile.stdout.length + result.compile.stderr.length : 0;
  return 1024 + 2 * (result.stdout.length + result.stderr.length + compile);
}
