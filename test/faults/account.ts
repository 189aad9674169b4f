// What became of the jobs of one fault: every one that was accepted must have ended as it should, and no program may have been
// started again after its result was known.
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobBody, jobListSchema } from '../../src/api/job-schemas.js';
import type { Given } from '../given-containers.js';
import type { Accepted } from './steady-load.js';
import { hasEnded, type TestedService } from './tested-service.js';

export type Account = {
  /** Jobs that the load had an answer of, each with what became of it. */
  accepted: JobBody[];
  /** Jobs that the service knows beside those: of calls whose answer was lost, and of the test's own. */
  others: JobBody[];
  /** One line a job that did not end as it must. */
  lost: string[];
  /** One line a container that was given to a job whose result was known. */
  ranTwice: string[];
};

/** Waits for the end of all jobs that were created since, and judges them. */
export async function settleAccount(
  service: TestedService,
  accepted: readonly Accepted[],
  since: Date,
): Promise<Account> {
  const lost: string[] = [];
  const endOf = async (jobId: string) =>
    service.until(jobId, hasEnded).catch((error: Error) => void lost.push(error.message));
  const ends = await Promise.all(accepted.map(({ jobId }) => endOf(jobId)));
  for (const [index, { jobId, output }] of accepted.entries()) {
    const job = ends[index];
    if (job && (job.status !== 'completed' || job.output !== output)) lost.push(describe(jobId, job));
  }
  const known = new Set(accepted.map(({ jobId }) => jobId));
  // What was accepted through another API is listed a moment later.
  await sleep(1_000);
  const listed = (await listSince(service, since)).filter((jobId) => !known.has(jobId));
  const others = (await Promise.all(listed.map(endOf))).filter((job) => job !== undefined);
  // No program here fails by its own doing.
  lost.push(...others.filter(({ status }) => status === 'failed').map((job) => describe(job.job_id, job)));
  const jobs = ends.filter((job) => job !== undefined);
  return {
    accepted: jobs,
    others,
    lost,
    ranTwice: findRepeats([...jobs, ...others], service.givenContainers()),
  };
}

async function listSince(service: TestedService, since: Date): Promise<string[]> {
  const ids: string[] = [];
  for (let offset = 0; ; offset += 100) {
    const response = await service.call(`/jobs?limit=100&offset=${offset}`);
    const { jobs } = jobListSchema.parse(await response.json());
    const young = jobs.filter(({ created_at }) => Date.parse(created_at) >= since.getTime());
    ids.push(...young.map(({ job_id }) => job_id));
    if (young.length < 100) return ids;
  }
}

function findRepeats(jobs: readonly JobBody[], given: readonly Given[]): string[] {
  const byId = new Map(jobs.map((job) => [job.job_id, job]));
  return given.flatMap(({ jobId, attempt, at }) => {
    const job = byId.get(jobId);
    if (!job?.completed_at) return [];
    const isLater = attempt > job.attempt || at.getTime() > Date.parse(job.completed_at);
    return isLater ? [`${describe(jobId, job)}: container of attempt ${attempt} at ${at.toISOString()}`] : [];
  });
}

function describe(jobId: string, { status, reason, error, attempt, completed_at }: JobBody): string {
  return `job ${jobId}: ${status} ${reason ?? ''} ${error ?? ''} attempt ${attempt}, completed at ${completed_at}`;
}
