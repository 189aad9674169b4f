// Everything the API asks of Temporal. Job id = workflow id; nothing is kept here that Temporal does not have.
import { randomUUID } from 'node:crypto';
import {
  ApplicationFailure,
  CancelledFailure,
  type Client,
  isGrpcServiceError,
  ServiceError,
  type WorkflowExecutionDescription,
  type WorkflowExecutionInfo,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { FinishedJobs } from '../finished-jobs.js';
import type { FailureReason, FinishedJob, Job, JobInput, JobKind, JobResult, JobStatus } from '../job.js';
import type { Language } from '../languages.js';
import {
  JOB_DURATION_MS,
  JOB_LANGUAGE,
  JOB_OWNER,
  JOB_STATUS,
  JOBS_QUEUE,
  RUN_JOB,
  runQueue,
} from '../temporal-names.js';
import { unavailable } from './http-error.js';
import type { JobSummary } from './job-body.js';

export type JobClientOptions = {
  client: Client;
  finishedJobs: FinishedJobs;
  languages: readonly Language[];
  /** How long a finished job can be read, in milliseconds. */
  ttlMs: number;
};

export type NewJob = { code: string; language: Language; kind: JobKind; owner: string };

export type Members = { runners: number; apis: number };

export type JobClient = {
  /** Starts a job; it is accepted, and will end, once this resolves. */
  submit(job: NewJob): Promise<string>;
  /** Starts a job and waits for its end. When `signal` aborts the job is cancelled. */
  run(job: NewJob, signal: AbortSignal): Promise<Job>;
  /** The owner's job, or undefined when there is none: unknown, expired, or somebody else's. */
  get(jobId: string, owner: string): Promise<Job | undefined>;
  /** The owner's jobs, newest first. */
  list(
    owner: string,
    page: { limit: number; offset: number },
  ): Promise<{ jobs: JobSummary[]; total: number }>;
  /** The processes that the server has lately heard of. */
  members(): Promise<Members>;
};

/** A call that takes longer than this has failed; long polls are exempt. */
const CALL_TIMEOUT_MS = 2_000;

/** A job that takes longer than this is waited for at the server too. */
const ASK_SERVER_AFTER_MS = 500;

/** How long a waiting caller is kept while the server does not answer. */
const AWAIT_SERVER_MS = 30_000;

/** A poll is at most a minute old while its process lives. */
const MEMBER_SEEN_MS = 70_000;

const MAX_LISTED = 1_000;

export function createJobClient({ client, finishedJobs, languages, ttlMs }: JobClientOptions): JobClient {
  const { workflowService, connection } = client;

  /** One call with a time limit; a server that is away becomes a 503. */
  async function call<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, request);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw error;
      throw unavailable(error);
    }
  }

  async function start({ code, language, kind, owner }: NewJob): Promise<WorkflowHandle> {
    const input: JobInput = { code, language: language.id, kind };
    return call(() =>
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
        ],
        priority: { priorityKey: kind === 'sync' ? 2 : 3, fairnessKey: owner },
        staticSummary: `${language.id} · ${Buffer.byteLength(code)} B · ${kind}`,
      }),
    );
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

    async run(job, signal) {
      const handle = await start(job);
      const cancel = () => void handle.cancel().catch(() => {});
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel);
      try {
        const finished = await untilFinished(handle, signal, finishedJobs);
        return toJob(finished) ?? ((await read(handle.workflowId)) as Job);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },

    async list(owner, { limit, offset }) {
      const since = new Date(Date.now() - ttlMs).toISOString();
      const query = `WorkflowType = '${RUN_JOB}' AND JobOwner = '${owner}' AND (ExecutionStatus = 'Running' OR CloseTime > '${since}')`;
      const found = await call(() =>
        takeAll(client.workflow.list({ query, pageSize: MAX_LISTED }), MAX_LISTED),
      );
      const total =
        found.length < MAX_LISTED ? found.length : (await call(() => client.workflow.count(query))).count;
      // SQL visibility sorts by close time and refuses ORDER BY.
      found.sort((a, b) => b.startTime.getTime() - a.startTime.getTime());
      return { jobs: found.slice(offset, offset + limit).map(toSummary), total };
    },

    async members() {
      const describe = async (name: string, taskQueueType: 1 | 2) => {
        const request = { namespace: client.options.namespace, taskQueue: { name }, taskQueueType };
        const { pollers } = await call(() => workflowService.describeTaskQueue(request));
        return (pollers ?? []).filter(isRecent).map(({ identity }) => identity);
      };
      const [apis, ...runners] = await Promise.all([
        describe(JOBS_QUEUE, 1),
        ...languages.map(({ id }) => describe(runQueue(id), 2)),
      ]);
      return { apis: new Set(apis).size, runners: new Set(runners.flat()).size };
    },
  };

  function toSummary(info: WorkflowExecutionInfo): JobSummary {
    const finished = finishedJobs.get(info.workflowId);
    const attributes = info.typedSearchAttributes;
    const closeTime = info.closeTime?.toISOString() ?? null;
    return {
      job_id: info.workflowId,
      language: attributes.get(JOB_LANGUAGE) ?? 'unknown',
      status: toStatus(info),
      created_at: info.startTime.toISOString(),
      completed_at: finished?.result.completedAt ?? closeTime,
      execution_duration_ms: attributes.get(JOB_DURATION_MS) ?? null,
    };
  }
}

/**
 * Waits for a job's end. Its workflow nearly always runs in this process, which then knows before the server does: asking
 * the server at once would be a long poll a job for nothing.
 */
async function untilFinished(
  handle: WorkflowHandle,
  signal: AbortSignal,
  finishedJobs: FinishedJobs,
): Promise<FinishedJob | undefined> {
  let timer: NodeJS.Timeout | undefined;
  let stopListening = () => {};
  try {
    return await new Promise<FinishedJob | undefined>((resolve, reject) => {
      stopListening = finishedJobs.onEnd(handle.workflowId, resolve);
      const ended = finishedJobs.get(handle.workflowId);
      if (ended) return resolve(ended);
      timer = setTimeout(() => {
        awaitResult(handle, signal).then(() => resolve(finishedJobs.get(handle.workflowId)), reject);
      }, ASK_SERVER_AFTER_MS);
    });
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}

/** Waits for a job's end by asking the server, over restarts of it. */
async function awaitResult(handle: WorkflowHandle, signal: AbortSignal): Promise<JobResult> {
  let awaySince: number | undefined;
  for (;;) {
    try {
      return await readResult(handle, null);
    } catch (error) {
      const away = error instanceof ServiceError || isGrpcServiceError(error);
      awaySince ??= Date.now();
      if (!away || signal.aborted || Date.now() - awaySince > AWAIT_SERVER_MS) throw unavailable(error);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** The result of a workflow, however it ended. */
async function readResult(handle: WorkflowHandle, closeTime: Date | null | undefined): Promise<JobResult> {
  try {
    return await handle.result();
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { cause } = error;
    const [result] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
    return (
      (result as JobResult | undefined) ??
      withoutResult(cause instanceof CancelledFailure, closeTime ?? new Date())
    );
  }
}

/** A workflow that was cancelled, terminated, or refused what it was started with. */
function withoutResult(cancelled: boolean, closeTime: Date): JobResult {
  const reason: FailureReason = cancelled ? 'cancelled' : 'platform';
  const none = {
    exitCode: null,
    signal: null,
    cpuTimeMs: null,
    memoryBytes: null,
    compile: null,
    host: null,
  };
  const nothing = { stdout: '', stderr: '', truncated: false, attempt: 1, startedAt: null };
  return { status: 'failed', reason, ...none, ...nothing, completedAt: closeTime.toISOString() };
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
    status: result?.status ?? (started ? 'running' : 'queued'),
    startedAt: result ? result.startedAt : started,
    attempt: result?.attempt ?? pending?.attempt ?? 1,
    result,
  };
}

const PENDING_ACTIVITY_STARTED = 2;

function toStatus({ status, typedSearchAttributes }: WorkflowExecutionInfo): JobStatus {
  const told = (typedSearchAttributes.get(JOB_STATUS) ?? 'queued') as JobStatus;
  const ended = status.name !== 'RUNNING';
  // A workflow that somebody terminated had no time to say so.
  return ended && (told === 'queued' || told === 'running') ? 'failed' : told;
}

type Timestamp = { seconds?: { toNumber(): number } | null; nanos?: number | null };

function toDate(time: Timestamp | null | undefined): string | null {
  if (!time?.seconds) return null;
  return new Date(time.seconds.toNumber() * 1000 + Math.floor((time.nanos ?? 0) / 1e6)).toISOString();
}

function isRecent({ lastAccessTime }: { lastAccessTime?: Timestamp | null }): boolean {
  const seen = toDate(lastAccessTime);
  return seen !== null && Date.now() - Date.parse(seen) < MEMBER_SEEN_MS;
}

async function takeAll<T>(items: AsyncIterable<T>, limit: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length >= limit) break;
  }
  return taken;
}
