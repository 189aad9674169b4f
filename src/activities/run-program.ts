import { ApplicationFailure, Context } from '@temporalio/activity';
import type { JobResult, Program } from '../job.js';
import { IMAGE_MISSING, imageMissing } from './docker-call.js';
import { reportProgress } from './report-progress.js';
import { type RunnerHost, runInContainer } from './run-in-container.js';
import { toJobResult } from './verdict.js';

export type { RunnerHost } from './run-in-container.js';

/**
 * Runs a program in a container of this host. Its failures are results; only the platform's own are thrown.
 * `onImageMissing` is called when the language's image has gone.
 */
export function createRunProgram(host: RunnerHost, onImageMissing: () => void) {
  return async function runProgram({ code, language: id }: Program): Promise<JobResult> {
    const { info, cancellationSignal: signal } = Context.current();
    const language = host.languages.find((language) => language.id === id);
    if (!language) throw imageMissing(`no language ${id} on ${host.name}`);
    const jobId = info.workflowExecution?.workflowId ?? info.activityId;
    const { attempt } = info;
    const progress = reportProgress();
    try {
      const report = await runInContainer(host, {
        jobId,
        attempt,
        language,
        code,
        signal,
        onStart: (slot) => progress.started({ host: host.name, slot: slot.index }),
      });
      return toJobResult(report, { attempt, host: host.name });
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

/** What this host's own code calls its failures; anything else is nothing that it foresaw. */
function failureType(error: unknown): string {
  return error instanceof ApplicationFailure ? (error.type ?? 'Unforeseen') : 'Unforeseen';
}
