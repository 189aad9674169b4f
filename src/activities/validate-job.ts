import { ApplicationFailure } from '@temporalio/activity';
import { z } from 'zod';
import type { CodeRules } from '../code-rules.js';
import { type JobRequest, jobInputSchema, type ValidJob } from '../job.js';
import { parseJob } from '../job-rules.js';
import { type Language, withDependencies } from '../languages.js';
import { runsTimeLimitMs } from './run-budget.js';

export type JobRules = CodeRules;

/** Added to a program's own limits: making and removing its container, waiting for the host's cores. */
const ATTEMPT_ALLOWANCE_MS = 80_000;

/** Added to the time limit of getting dependencies: what the engine does around it. */
const RESOLVE_ALLOWANCE_MS = 60_000;

/** Checks a job once more where it counts: it may come from Temporal's CLI or another client, past the API. */
export function createValidateJob(rules: JobRules) {
  return async function validateJob(input: unknown): Promise<ValidJob> {
    try {
      const { kind, ...request } = jobInputSchema.parse(input);
      const language = parseJob(request, rules);
      const resolving = request.manifest === undefined ? 0 : resolvingTimeoutMs(rules);
      const attemptTimeoutMs = runningTimeoutMs(language, request) + resolving;
      const { labels, manifest } = request;
      return {
        ...{ language: language.id, kind, attemptTimeoutMs },
        ...(labels === undefined ? {} : { labels }),
        ...(manifest === undefined ? {} : { manifest: true }),
      };
    } catch (error) {
      const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw ApplicationFailure.nonRetryable(message, 'InvalidJob');
    }
  };
}

/** Others' packages may be got first. */
function resolvingTimeoutMs({ dependencies }: JobRules): number {
  return 2 * ((dependencies?.timeLimitMs ?? 0) + RESOLVE_ALLOWANCE_MS);
}

function runningTimeoutMs(language: Language, { runs, manifest }: JobRequest): number {
  const { compile, limits } = manifest === undefined ? language : withDependencies(language);
  // The last of several runs may have to be compiled again.
  const compiling = compile ? limits.compileTimeLimitMs * (runs === undefined ? 1 : 2) : 0;
  const running = runs === undefined ? limits.timeLimitMs : runsTimeLimitMs(limits);
  return running + compiling + ATTEMPT_ALLOWANCE_MS;
}
