import { ApplicationFailure, Context } from '@temporalio/activity';
import { createFinishedJobs } from '../finished-jobs.js';
import type { JobInput, JobResult, Program } from '../job.js';
import type { Language } from '../languages.js';
import { IMAGE_MISSING, imageMissing } from './docker-call.js';
import { reportProgress } from './report-progress.js';
import type { RunnerHost } from './run-in-container.js';
import { runWithDependencies } from './run-with-dependencies.js';

export type { RunnerHost } from './run-in-container.js';

/** Results are kept for the case that Temporal does not hear of them; they are few then, and their next attempts come soon. */
export const KEPT_BYTES = 8 * 1024 * 1024;

/**
 * Runs a program in a container of this host. Its failures are results; only the platform's own are thrown.
 * A program that has ended here is not run again: an attempt whose result did not get through to Temporal in time is
 * followed by another one, which gets that result. `onImageMissing` is called when the language's image has gone.
 */
export function createRunProgram(host: RunnerHost, onImageMissing: () => void) {
  const ended = createFinishedJobs<{ jobId: string; runId: string | undefined; result: JobResult }>(
    KEPT_BYTES,
  );
  return async function runProgram(
    input: JobInput,
    // An earlier version's workflows have put all in one.
    { language: id, owner }: Pick<Program, 'language' | 'owner'> = input as Program,
  ): Promise<JobResult> {
    const { language: _, kind: __, labels: ___, ...request } = input;
    const program = { ...request, owner };
    const { info, cancellationSignal: signal } = Context.current();
    const language = host.languages.find((language) => language.id === id);
    if (!language) throw imageMissing(`no language ${id} on ${host.name}`);
    const jobId = info.workflowExecution?.workflowId ?? info.activityId;
    const { attempt } = info;
    const runId = info.workflowExecution?.runId;
    const known = ended.get(jobId);
    if (known !== undefined && known.runId === runId) return known.result;
    const progress = reportProgress();
    try {
      const result = await runWithDependencies(host, {
        ...withMemory(program, language),
        jobId,
        attempt,
        signal,
        onStart: (slot) => progress.started({ host: host.name, slot: slot.index }),
      });
      ended.add({ jobId, runId, result });
      return result;
    } catch (error) {
      const type = failureType(error);
      if (!signal.aborted) host.metrics.containerFailures.inc({ type });
      if (type === IMAGE_MISSING) onImageMissing();
      throw error;
    } finally {
      await progress.stop();
    }
  };
}

/** Memory is its container's: who wants less of it has one alone. */
function withMemory(
  program: Omit<Program, 'language'>,
  language: Language,
): Omit<Program, 'language'> & { language: Language } {
  const { memory_bytes: memoryBytes } = program;
  if (memoryBytes === undefined) return { ...program, language };
  const limits = { ...language.limits, memoryBytes };
  return { ...program, isolation: 'container', language: { ...language, limits } };
}

/** What this host's own code calls its failures; anything else is nothing that it foresaw. */
function failureType(error: unknown): string {
  return error instanceof ApplicationFailure ? (error.type ?? 'Unforeseen') : 'Unforeseen';
}
