// One workflow a job. Programs that fail are results; only the platform's own failures fail the workflow.
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  defineQuery,
  defineSignal,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  TimeoutFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { JobActivities, RunnerActivities } from '../activities/index.js';
import type { FailureReason, JobInput, JobResult, JobStatus, Started, ValidJob } from '../job.js';
import type { Labels } from '../job-fields.js';
import {
  dependenciesQueue,
  JOB_COMPLETED_AT,
  JOB_DURATION_MS,
  JOB_LABELS,
  JOB_LANGUAGE,
  JOB_OWNER,
  JOB_STATUS,
  PAYLOAD_STORE_FAILS,
  RESULT_QUERY,
  runQueue,
  STARTED_SIGNAL,
  STATUS_QUERY,
  toLabels,
  toLabelValues,
} from '../temporal-names.js';

const statusQuery = defineQuery<JobStatus>(STATUS_QUERY);
const resultQuery = defineQuery<JobResult | null>(RESULT_QUERY);
const startedSignal = defineSignal<[Started]>(STARTED_SIGNAL);

const MAX_ATTEMPTS = 3;

/** So long after its start a large job waits for a store of payloads that is away, as it would for a runner. */
const STORE_AWAY_MS = 10 * 60_000;

const { validateJob, recordResult } = proxyLocalActivities<JobActivities>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 3 },
});

/** A large job is no object here but a reference to it: only activities look into it. */
export async function runJob(input: JobInput): Promise<JobResult> {
  let status: JobStatus = 'queued';
  let result: JobResult | null = null;
  setHandler(statusQuery, () => status);
  setHandler(resultQuery, () => result);
  let started: Started | undefined;
  setHandler(startedSignal, (latest) => {
    started = latest;
    if (status !== 'queued') return;
    status = 'running';
    upsertSearchAttributes([{ key: JOB_STATUS, value: status }]);
  });

  let failure: unknown;
  // A job that came past the API has no attributes yet.
  const { typedSearchAttributes } = workflowInfo();
  let language = typedSearchAttributes.get(JOB_LANGUAGE) ?? 'unknown';
  let labels = toLabels(typedSearchAttributes.get(JOB_LABELS));
  try {
    const job = await throughOutages(() => validateJob(input));
    language = job.language;
    labels = job.labels ?? {};
    result = await throughOutages(() => runProgram(input, job));
  } catch (error) {
    failure = error;
    result = toFailedResult(error, started);
  }
  status = result.status;
  await CancellationScope.nonCancellable(() => record(language, labels, result as JobResult));

  if (failure === undefined) return result;
  if (isCancellation(failure)) throw failure;
  throw ApplicationFailure.create({
    message: failure instanceof Error ? failure.message : 'something went wrong',
    type: result.reason ?? 'platform',
    nonRetryable: true,
    details: [result],
    ...(failure instanceof Error ? { cause: failure } : {}),
  });
}

/** All attempts of a step are lost when nobody can read what the job is: nothing of it has begun, and there will be others. */
async function throughOutages<T>(step: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      const waitedMs = Date.now() - workflowInfo().startTime.getTime();
      if (!isStoreAway(error) || waitedMs > STORE_AWAY_MS) throw error;
      await sleep('15s');
    }
  }
}

function runProgram(input: JobInput, job: ValidJob): Promise<JobResult> {
  const { language, kind, manifest, attemptTimeoutMs } = job;
  const runner = proxyActivities<RunnerActivities>({
    taskQueue: manifest ? dependenciesQueue(language) : runQueue(language),
    summary: language,
    scheduleToStartTimeout: kind === 'sync' ? '60s' : '10m',
    startToCloseTimeout: attemptTimeoutMs,
    heartbeatTimeout: '5s',
    // Written out: left unset it goes over the wire as TRY_CANCEL, and the workflow would close before the container is gone.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: {
      maximumAttempts: MAX_ATTEMPTS,
      initialInterval: '500ms',
      backoffCoefficient: 2,
      maximumInterval: '5s',
      nonRetryableErrorTypes: ['SandboxMisconfigured'],
    },
  });
  const owner = workflowInfo().typedSearchAttributes.get(JOB_OWNER) ?? null;
  return runner.runProgram(input, { language, owner });
}

/** Writes the ended job down: metrics and waiting callers in this process, search attributes on the server. */
async function record(language: string, labels: Labels, result: JobResult): Promise<void> {
  const { workflowId, startTime, typedSearchAttributes } = workflowInfo();
  const owner = typedSearchAttributes.get(JOB_OWNER) ?? null;
  const createdAt = startTime.toISOString();
  await recordResult({ jobId: workflowId, language, owner, createdAt, labels, result });
  const hasLabels = typedSearchAttributes.get(JOB_LABELS) !== undefined || Object.keys(labels).length === 0;
  upsertSearchAttributes([
    { key: JOB_STATUS, value: result.status },
    { key: JOB_LANGUAGE, value: language },
    { key: JOB_COMPLETED_AT, value: new Date(result.completedAt) },
    ...(hasLabels ? [] : [{ key: JOB_LABELS, value: toLabelValues(labels) }]),
    ...(result.startedAt === null
      ? []
      : [{ key: JOB_DURATION_MS, value: Date.parse(result.completedAt) - Date.parse(result.startedAt) }]),
  ]);
}

function toFailedResult(error: unknown, started: Started | undefined): JobResult {
  const outOfAttempts = error instanceof ActivityFailure && error.retryState === 'MAXIMUM_ATTEMPTS_REACHED';
  return {
    status: 'failed',
    reason: toReason(error),
    verdict: null,
    stdout: '',
    stderr: '',
    exitCode: null,
    signal: null,
    truncated: false,
    cpuTimeMs: null,
    memoryBytes: null,
    runs: null,
    runsStopped: null,
    compile: null,
    artifacts: null,
    attempt: outOfAttempts ? MAX_ATTEMPTS : (started?.attempt ?? 1),
    host: started?.host ?? null,
    startedAt: started?.startedAt ?? null,
    completedAt: new Date().toISOString(),
  };
}

function isStoreAway(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.type === PAYLOAD_STORE_FAILS;
}

function toReason(error: unknown): FailureReason {
  if (isCancellation(error)) return 'cancelled';
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  const noSlot = cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START';
  return noSlot ? 'no_capacity' : 'platform';
}
