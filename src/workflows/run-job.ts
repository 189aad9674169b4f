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
  TimeoutFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { JobActivities, RunnerActivities } from '../activities/index.js';
import type { FailureReason, JobInput, JobResult, JobStatus, ValidJob } from '../job.js';
import {
  JOB_DURATION_MS,
  JOB_LANGUAGE,
  JOB_OWNER,
  JOB_STATUS,
  RESULT_QUERY,
  runQueue,
  STARTED_SIGNAL,
  STATUS_QUERY,
} from '../temporal-names.js';

const statusQuery = defineQuery<JobStatus>(STATUS_QUERY);
const resultQuery = defineQuery<JobResult | null>(RESULT_QUERY);
const startedSignal = defineSignal(STARTED_SIGNAL);

const { validateJob, recordResult } = proxyLocalActivities<JobActivities>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 3 },
});

export async function runJob(input: JobInput): Promise<JobResult> {
  let status: JobStatus = 'queued';
  let result: JobResult | null = null;
  setHandler(statusQuery, () => status);
  setHandler(resultQuery, () => result);
  setHandler(startedSignal, () => {
    if (status !== 'queued') return;
    status = 'running';
    upsertSearchAttributes([{ key: JOB_STATUS, value: status }]);
  });

  let failure: unknown;
  try {
    result = await runProgram(await validateJob(input));
  } catch (error) {
    failure = error;
    result = toFailedResult(error);
  }
  status = result.status;
  await CancellationScope.nonCancellable(() => record(input, result as JobResult));

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

function runProgram({ code, language, kind, attemptTimeoutMs }: ValidJob): Promise<JobResult> {
  const runner = proxyActivities<RunnerActivities>({
    taskQueue: runQueue(language),
    summary: language,
    scheduleToStartTimeout: kind === 'sync' ? '60s' : '10m',
    startToCloseTimeout: attemptTimeoutMs,
    heartbeatTimeout: '5s',
    // Written out: left unset it goes over the wire as TRY_CANCEL, and the workflow would close before the container is gone.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: {
      maximumAttempts: 3,
      initialInterval: '500ms',
      backoffCoefficient: 2,
      maximumInterval: '5s',
      nonRetryableErrorTypes: ['ImageMissing', 'SandboxMisconfigured'],
    },
  });
  return runner.runProgram({ code, language });
}

/** Writes the ended job down: metrics and waiting callers in this process, search attributes on the server. */
async function record(input: JobInput, result: JobResult): Promise<void> {
  const { workflowId, startTime, typedSearchAttributes } = workflowInfo();
  const language = typedSearchAttributes.get(JOB_LANGUAGE) ?? input.language;
  const owner = typedSearchAttributes.get(JOB_OWNER) ?? null;
  await recordResult({ jobId: workflowId, language, owner, createdAt: startTime.toISOString(), result });
  upsertSearchAttributes([
    { key: JOB_STATUS, value: result.status },
    { key: JOB_DURATION_MS, value: elapsed(result) },
  ]);
}

function elapsed({ startedAt, completedAt }: JobResult): number {
  return startedAt === null ? 0 : Date.parse(completedAt) - Date.parse(startedAt);
}

function toFailedResult(error: unknown): JobResult {
  return {
    status: 'failed',
    reason: toReason(error),
    stdout: '',
    stderr: '',
    exitCode: null,
    signal: null,
    truncated: false,
    cpuTimeMs: null,
    memoryBytes: null,
    compile: null,
    attempt: 1,
    host: null,
    startedAt: null,
    completedAt: new Date().toISOString(),
  };
}

function toReason(error: unknown): FailureReason {
  if (isCancellation(error)) return 'cancelled';
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  const noSlot = cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START';
  return noSlot ? 'no_capacity' : 'platform';
}
