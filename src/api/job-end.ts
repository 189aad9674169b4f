// How the API learns of a job's end, and what it makes of a workflow that ended without a result.
import {
  ApplicationFailure,
  CancelledFailure,
  isGrpcServiceError,
  ServiceError,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { FinishedJobs } from '../finished-jobs.js';
import type { FailureReason, FinishedJob, JobResult } from '../job.js';
import { unavailable } from './http-error.js';

/** A job that takes longer than this is waited for at the server too. */
const ASK_SERVER_AFTER_MS = 500;

const CANCEL_TRIES = 10;

/** How long a waiting caller is kept while the server does not answer. */
const AWAIT_SERVER_MS = 30_000;

/**
 * Waits for a job's end. Its workflow nearly always runs in this process, which then knows before the server does: asking
 * the server at once would be a long poll a job for nothing.
 */
export async function untilFinished(
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

/** Cancels a job that nobody waits for, over a server that is away for a while. For longer, the program has its time limit. */
export async function cancelJob(cancel: () => Promise<unknown>): Promise<void> {
  for (let tried = 1; tried <= CANCEL_TRIES; tried++) {
    try {
      await cancel();
      return;
    } catch (error) {
      // It has ended meanwhile.
      if (error instanceof WorkflowNotFoundError) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
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
export async function readResult(
  handle: WorkflowHandle,
  closeTime: Date | null | undefined,
): Promise<JobResult> {
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
    verdict: null,
    runs: null,
    runsStopped: null,
    exitCode: null,
    signal: null,
    cpuTimeMs: null,
    memoryBytes: null,
    compile: null,
    artifacts: null,
    host: null,
  };
  const nothing = { stdout: '', stderr: '', truncated: false, attempt: 1, startedAt: null };
  return { status: 'failed', reason, ...none, ...nothing, completedAt: closeTime.toISOString() };
}
