// Everything the API asks of Temporal. Job id = workflow id; nothing is kept here that Temporal does not have.
import { randomUUID } from 'node:crypto';
import {
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { FinishedJobs } from '../finished-jobs.js';
import type { Job, JobInput, JobKind, JobResult } from '../job.js';
import type { ApiMetrics } from '../metrics.js';
import { shorten } from '../shorten.js';
import {
  JOB_LABELS,
  JOB_LANGUAGE,
  JOB_OWNER,
  JOB_STATUS,
  JOBS_QUEUE,
  RUN_JOB,
  toLabels,
  toLabelValues,
} from '../temporal-names.js';
import type { Caller } from './api-keys.js';
import { JobNotTaken, unavailable } from './http-error.js';
import { cancelJob, readResult, untilFinished } from './job-end.js';
import { createJobList, type JobList } from './job-list.js';
import type { CheckedProgram } from './program.js';

export type JobClientOptions = {
  client: Client;
  finishedJobs: FinishedJobs;
  metrics: ApiMetrics;
  /** How long a finished job can be read, in milliseconds. */
  ttlMs: number;
};

export type NewJob = CheckedProgram & { kind: JobKind; caller: Caller };

export type JobClient = {
  /** Starts a job; it is accepted, and will end, once this resolves. */
  submit(job: NewJob): Promise<string>;
  /**
   * Starts a job and waits for its end. When `signal` aborts the job is cancelled. `onTaken` is called once Temporal has it: from
   * then on nothing here holds what it was made of.
   */
  run(job: NewJob, signal: AbortSignal, onTaken: () => void): Promise<Job>;
  /** The owner's job, or undefined when there is none: unknown, expired, or somebody else's. */
  get(jobId: string, owner: string): Promise<Job | undefined>;
  /** The owner's jobs, newest first. */
  list: JobList['read'];
};

/** A call that takes longer than this has failed; long polls are exempt. */
const CALL_TIMEOUT_MS = 2_000;

/** The same for a job that is large: it is encoded and stored within that time. */
const LARGE_TIMEOUT_MS = 10_000;
const LARGE_CHARACTERS = 256 * 1024;

export function createJobClient(options: JobClientOptions): JobClient {
  const { client, finishedJobs, metrics, ttlMs } = options;
  const { connection } = client;
  const list = createJobList({ client, finishedJobs, ttlMs, call });

  /** One call with a time limit; a server that is away becomes a 503. */
  async function call<T>(request: () => Promise<T>, timeoutMs = CALL_TIMEOUT_MS): Promise<T> {
    try {
      return await connection.withDeadline(Date.now() + timeoutMs, request);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw error;
      throw unavailable(error);
    }
  }

  async function start(job: NewJob): Promise<WorkflowHandle> {
    const { language, caller, ...request } = job;
    const { kind, labels = {} } = request;
    const { owner } = caller;
    const isolation = job.isolation ?? caller.isolation;
    const input: JobInput = { ...request, language: language.id, ...(isolation ? { isolation } : {}) };
    const timeoutMs = isLarge(input) ? LARGE_TIMEOUT_MS : CALL_TIMEOUT_MS;
    const submitting = () =>
      client.workflow.start(RUN_JOB, {
        workflowId: randomUUID(),
        taskQueue: JOBS_QUEUE,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        workflowTaskTimeout: '5s',
        workflowExecutionTimeout: '30m',
        requestEagerStart: true,
        typedSearchAttributes: [
          { key: JOB_LANGUAGE, value: language.id },
          { key: JOB_OWNER, value: owner },
          { key: JOB_STATUS, value: 'queued' },
          ...(Object.keys(labels).length > 0 ? [{ key: JOB_LABELS, value: toLabelValues(labels) }] : []),
        ],
        priority: { priorityKey: kind === 'sync' ? 2 : 3, fairnessKey: owner },
        staticSummary: toSummary(language.id, request),
      });
    const handle = await call(submitting, timeoutMs).catch((error: unknown) => {
      throw new JobNotTaken(error);
    });
    list.add(owner, { jobId: handle.workflowId, language: language.id, labels });
    metrics.jobsSubmitted.inc({ language: language.id });
    return handle;
  }

  async function get(jobId: string, owner: string): Promise<Job | undefined> {
    const job = toJob(finishedJobs.get(jobId)) ?? (await read(jobId));
    return job?.owner === owner && !isExpired(job) ? job : undefined;
  }

  async function read(jobId: string): Promise<Job | undefined> {
    const handle = client.workflow.getHandle(jobId);
    try {
      const description = await call(() => handle.describe());
      if (description.type !== RUN_JOB) return undefined;
      const ended = description.status.name !== 'RUNNING';
      const result = ended ? await call(() => readResult(handle, description.closeTime)) : null;
      return describedJob(description, result);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  function isExpired({ result }: Job): boolean {
    return result !== null && Date.parse(result.completedAt) + ttlMs < Date.now();
  }

  return {
    get,
    submit: async (job) => (await start(job)).workflowId,

    // No async function: that would hold its arguments until the end.
    run(job, signal, onTaken) {
      return start(job).then((handle) => {
        onTaken();
        return untilEnded(handle, signal);
      });
    },

    list: list.read,
  };

  async function untilEnded(handle: WorkflowHandle, signal: AbortSignal): Promise<Job> {
    const cancel = () => void cancelJob(() => call(() => handle.cancel()));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    try {
      const finished = await untilFinished(handle, signal, finishedJobs);
      return toJob(finished) ?? ((await read(handle.workflowId)) as Job);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }
}

/** Near enough: everything else is small. */
function isLarge({ stdin = '', files = [], runs = [] }: JobInput): boolean {
  const texts = [stdin, ...files.map(({ content }) => content), ...runs.map(({ stdin = '' }) => stdin)];
  return texts.reduce((sum, text) => sum + text.length, 0) > LARGE_CHARACTERS;
}

/** Of the job in Temporal's Web UI. */
function toSummary(
  language: string,
  { code, entrypoint = '', kind, runs }: Pick<JobInput, 'code' | 'entrypoint' | 'kind' | 'runs'>,
): string {
  const source = code === undefined ? shorten(entrypoint) : `${Buffer.byteLength(code)} B`;
  return [language, source, ...(runs === undefined ? [] : [`${runs.length} runs`]), kind].join(' · ');
}

function toJob(finished: ReturnType<FinishedJobs['get']>): Job | undefined {
  if (!finished) return undefined;
  const { status, startedAt, attempt } = finished.result;
  return { ...finished, status, startedAt, attempt };
}

function describedJob(description: WorkflowExecutionDescription, result: JobResult | null): Job {
  const pending = description.raw.pendingActivities?.[0];
  const started = pending?.state === PENDING_ACTIVITY_STARTED ? toDate(pending.lastStartedTime) : null;
  return {
    jobId: description.workflowId,
    language: description.typedSearchAttributes.get(JOB_LANGUAGE) ?? 'unknown',
    owner: description.typedSearchAttributes.get(JOB_OWNER) ?? null,
    createdAt: description.startTime.toISOString(),
    labels: toLabels(description.typedSearchAttributes.get(JOB_LABELS)),
    status: result?.status ?? (started ? 'running' : 'queued'),
    startedAt: result ? result.startedAt : started,
    attempt: result?.attempt ?? pending?.attempt ?? 1,
    result,
  };
}

const PENDING_ACTIVITY_STARTED = 2;

type Timestamp = { seconds?: { toNumber(): number } | null; nanos?: number | null };

function toDate(time: Timestamp | null | undefined): string | null {
  if (!time?.seconds) return null;
  return new Date(time.seconds.toNumber() * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}
