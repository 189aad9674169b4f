// A caller's own jobs out of Temporal's visibility store, which lags behind by moments: what this process knows better is
// laid over it, so that a job is in the list as soon as it is accepted, and ended as soon as its caller can know.
import type { Client } from '@temporalio/client';
import type { FinishedJobs } from '../finished-jobs.js';
import type { Labels } from '../job-fields.js';
import { RUN_JOB, toLabelValue } from '../temporal-names.js';
import type { JobSummary } from './job-schemas.js';
import { isWanted, type JobFilter, type ListedJob, toEndedJob, toListedJob } from './listed-job.js';

export type JobPage = JobFilter & { limit: number; offset: number };

export type JobList = {
  /** Puts a job that was just accepted into its owner's list. */
  add(owner: string, job: { jobId: string; language: string; labels: Labels }): void;
  /** One page of the owner's jobs, newest first, and how many there are in all. */
  read(owner: string, page: JobPage): Promise<{ jobs: JobSummary[]; total: number }>;
};

export type JobListOptions = {
  client: Client;
  finishedJobs: FinishedJobs;
  /** How long a finished job is listed, in milliseconds. */
  ttlMs: number;
  /** Makes one call to Temporal with a time limit. */
  call: <T>(request: () => Promise<T>) => Promise<T>;
};

/** Visibility has caught up with a job after this time, also under load. */
const LAG_MS = 10_000;

/** The store is asked once in this time for one owner, however often the list is read. */
const FRESH_MS = 500;

/**
 * Rows are what the store's answers cost, and ended jobs do not change: they are asked for once in this time, and between only
 * what runs or has ended since. What an operator deletes from the store leaves the list by then.
 */
const WHOLE_MS = 30_000;

/** More jobs than this are counted, but not all can be paged through: the store cannot sort them. */
const MAX_LISTED = 1_000;

/** Owners whose answers are kept for FRESH_MS. */
const MAX_OWNERS = 1_000;

type Answer = { jobs: ListedJob[]; total: number; wholeAt: number };
type Stored = { at: number; answer: Promise<Answer> };
type Accepted = ListedJob & { at: number };

export function createJobList({ client, finishedJobs, ttlMs, call }: JobListOptions): JobList {
  const stored = new Map<string, Stored>();
  const accepted = new Map<string, Accepted[]>();

  return {
    add(owner, { jobId, language, labels }) {
      const at = Date.now();
      const times = {
        created_at: new Date(at).toISOString(),
        completed_at: null,
        execution_duration_ms: null,
      };
      const recent = (accepted.get(owner) ?? []).filter((job) => job.at > at - LAG_MS);
      recent.push({ at, job_id: jobId, language, status: 'queued', ...times, labels });
      // To the end of the map, whose beginning is then who has been quiet for longest.
      accepted.delete(owner);
      accepted.set(owner, recent);
      for (const [other, jobs] of accepted) {
        if ((jobs.at(-1)?.at ?? 0) > at - LAG_MS) break;
        accepted.delete(other);
      }
    },

    async read(owner, { limit, offset, ...filter }) {
      const { status, language, labels = [] } = filter;
      const own = await readStored(owner);
      const isCut = own.total > own.jobs.length;
      const { jobs, total } = isCut && labels.length > 0 ? await listLabelled(owner, labels) : own;
      const known = new Set(jobs.map(({ job_id }) => job_id));
      const since = Date.now() - LAG_MS;
      const early = (accepted.get(owner) ?? []).filter((job) => job.at > since && !known.has(job.job_id));
      const all = [...early, ...jobs].map(withEnd).filter(isListed);
      const wanted = all.filter((job) => isWanted(job, filter));
      wanted.sort((a, b) => b.created_at.localeCompare(a.created_at));
      const counted = status === undefined && language === undefined;
      const uncounted = counted ? total - jobs.length : 0;
      return {
        jobs: wanted.slice(offset, offset + limit).map(toSummary),
        total: wanted.length + uncounted,
      };
    },
  };

  function readStored(owner: string): Stored['answer'] {
    const now = Date.now();
    const last = stored.get(owner);
    if (last && last.at > now - FRESH_MS) return last.answer;
    const answer = askStore(owner, last, now);
    // Who failed is asked anew.
    answer.catch(() => stored.delete(owner));
    stored.delete(owner);
    stored.set(owner, { at: now, answer });
    const [oldest] = stored.keys();
    if (stored.size > MAX_OWNERS && oldest !== undefined) stored.delete(oldest);
    return answer;
  }

  async function askStore(owner: string, last: Stored | undefined, now: number): Promise<Answer> {
    const whole = async () => ({ ...(await listSince(owner, now - ttlMs)), wholeAt: now });
    const before = await last?.answer.catch(() => undefined);
    if (!last || !before || before.total >= MAX_LISTED || now - before.wholeAt >= WHOLE_MS) return whole();
    const { jobs, total } = await listSince(owner, Math.max(now - ttlMs, last.at - LAG_MS));
    // Not all of them came: only the store can count them together with those from before.
    if (total > jobs.length) return whole();
    const changed = new Set(jobs.map(({ job_id }) => job_id));
    const kept = before.jobs.filter((job) => job.completed_at !== null && !changed.has(job.job_id));
    jobs.push(...kept.filter(isListed));
    return { jobs, total: jobs.length, wholeAt: before.wholeAt };
  }

  /** Of jobs that are more than are listed, those with labels: the store finds them. */
  function listLabelled(owner: string, labels: NonNullable<JobFilter['labels']>) {
    const conditions = labels.map(([name, value]) => ` AND JobLabels = '${toLabelValue(name, value)}'`);
    return listSince(owner, Date.now() - ttlMs, conditions.join(''));
  }

  /** What runs, and what has ended since then. */
  async function listSince(
    owner: string,
    time: number,
    conditions = '',
  ): Promise<{ jobs: ListedJob[]; total: number }> {
    const ended = `(ExecutionStatus = 'Running' OR CloseTime > '${new Date(time).toISOString()}')`;
    const query = `WorkflowType = '${RUN_JOB}' AND JobOwner = '${owner}' AND ${ended}${conditions}`;
    const found = await call(() =>
      takeAll(client.workflow.list({ query, pageSize: MAX_LISTED }), MAX_LISTED),
    );
    const total =
      found.length < MAX_LISTED ? found.length : (await call(() => client.workflow.count(query))).count;
    return { jobs: found.map(toListedJob), total };
  }

  function withEnd(job: ListedJob): ListedJob {
    const finished = finishedJobs.get(job.job_id);
    return finished ? toEndedJob(finished) : job;
  }

  /** The store's answer may be a moment old, and the end of a job's time is exact. */
  function isListed({ completed_at }: JobSummary): boolean {
    return completed_at === null || Date.parse(completed_at) + ttlMs > Date.now();
  }
}

function toSummary({ labels: _, at: __, ...job }: ListedJob & { at?: number }): JobSummary {
  return job;
}

async function takeAll<T>(items: AsyncIterable<T>, limit: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length >= limit) break;
  }
  return taken;
}
