// What a job must be like to be accepted: its code, and what it asks for beside it. Checked of POST /jobs and again of the workflow.
import { CodeRefused, type CodeRules, parseCode } from './code-rules.js';
import type { JobRequest } from './job.js';
import type { Language } from './languages.js';

/** Of the job as JSON: Temporal keeps that with the job, and takes 2 MB at most. */
export const MAX_JOB_BYTES = 1024 * 1024;

/**
 * Checks a job and answers with its language.
 * @throws CodeRefused at the first rule that is broken.
 */
export function parseJob(request: JobRequest, rules: CodeRules): Language {
  const language = parseCode(request.code, request.language, rules);
  const bytes = Buffer.byteLength(JSON.stringify(request));
  if (bytes > MAX_JOB_BYTES) {
    const got = Math.ceil(bytes / 1024);
    throw new CodeRefused(
      'job_size',
      `Job exceeds maximum of ${MAX_JOB_BYTES / 1024} KB as JSON (got ${got} KB)`,
    );
  }
  const { timeLimitMs } = language.limits;
  if (request.time_limit_ms !== undefined && request.time_limit_ms > timeLimitMs) {
    throw new CodeRefused('raised_limit', `time_limit_ms: at most ${timeLimitMs} for ${language.id}`);
  }
  return language;
}
