// Jobs that ended lately, in memory. A shortcut only: the Temporal server has them all, and they never change.
import type { FinishedJob } from './job.js';

/** Hello worlds of some minutes at this machine's most: callers ask for a job's end within moments of it. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Of a job that has ended, the least that is to be known. */
type Ended = Pick<FinishedJob, 'jobId' | 'result'> & Partial<Pick<FinishedJob, 'labels'>>;

export type FinishedJobs<Job extends Ended = FinishedJob> = {
  add(job: Job): void;
  get(jobId: string): Job | undefined;
  /** Calls `listener` when the job ends in this process; the function that it answers with stops that. */
  onEnd(jobId: string, listener: (job: Job) => void): () => void;
};

/** Keeps at most `maxBytes`, the oldest go first. */
export function createFinishedJobs<Job extends Ended = FinishedJob>(maxBytes = MAX_BYTES): FinishedJobs<Job> {
  const jobs = new Map<string, Job>();
  const listeners = new Map<string, (job: Job) => void>();
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
      listeners.get(job.jobId)?.(job);
    },
    get: (jobId) => jobs.get(jobId),
    onEnd(jobId, listener) {
      listeners.set(jobId, listener);
      return () => listeners.delete(jobId);
    },
  };
}

/** Near enough: two bytes a character of output, and the rest. */
function sizeOf({ result, labels = {} }: Ended): number {
  const compile = result.compile ? result.compile.stdout.length + result.compile.stderr.length : 0;
  const artifacts = (result.artifacts ?? []).reduce(
    (sum, { content }) => sum + 300 + (content?.length ?? 0),
    0,
  );
  const runs = result.runs ?? [];
  const inRuns = runs.reduce((sum, { stdout, stderr }) => sum + 512 + stdout.length + stderr.length, 0);
  const written = Object.entries(labels).flat().join('').length;
  return 1024 + 2 * (written + artifacts + result.stdout.length + result.stderr.length + compile + inRuns);
}
