import { ApplicationFailure } from '@temporalio/activity';
import { z } from 'zod';
import { type CodeRules, parseCode } from '../code-rules.js';
import { jobInputSchema, type ValidJob } from '../job.js';
import type { Language } from '../languages.js';

export type JobRules = CodeRules;

/** Added to a program's own limits: making and removing its container, waiting for the host's cores. */
const ATTEMPT_ALLOWANCE_MS = 80_000;

/** Checks a job once more where it counts: it may come from Temporal's CLI or another client, past the API. */
export function createValidateJob(rules: JobRules) {
  return async function validateJob(input: unknown): Promise<ValidJob> {
    try {
      const { code, language: name, kind, isolation } = jobInputSchema.parse(input);
      const language = parseCode(code, name, rules);
      return { code, language: language.id, kind, isolation, attemptTimeoutMs: attemptTimeoutMs(language) };
    } catch (error) {
      const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw ApplicationFailure.nonRetryable(message, 'InvalidJob');
    }
  };
}

function attemptTimeoutMs({ compile, limits }: Language): number {
  return limits.timeLimitMs + (compile ? limits.compileTimeLimitMs : 0) + ATTEMPT_ALLOWANCE_MS;
}
