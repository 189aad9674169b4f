import type { RequestHandler } from 'express';
import { type CodeRules, parseCode } from '../code-rules.js';
import { type JobRequest, jobRequestSchema } from '../job.js';
import { callerOf } from './authenticate.js';
import { HttpError } from './http-error.js';
import type { JobClient } from './job-client.js';
import { INVALID_JOB_BODY } from './read-body.js';
import { sendJson } from './send-json.js';

/** POST /jobs: accepts a job. Once this answers, the job ends in a result whatever fails. */
export function submitJob(jobs: JobClient, rules: CodeRules): RequestHandler {
  return async (request, response) => {
    const { code, language: name } = parseJobRequest(request.body);
    const language = parseCode(code, name, rules);
    const jobId = await jobs.submit({ code, language, kind: 'async', owner: callerOf(response).owner });
    response.set({ Location: `/jobs/${jobId}`, 'X-Job-Id': jobId });
    sendJson(response, { job_id: jobId, status: 'queued' });
  };
}

function parseJobRequest(body: unknown): JobRequest {
  const read = jobRequestSchema.safeParse(body);
  if (read.success) return read.data;
  const unknown = read.error.issues.find(({ code }) => code === 'unrecognized_keys');
  const onlyUnknown = unknown !== undefined && read.error.issues.length === 1;
  throw new HttpError(400, onlyUnknown ? `Invalid request body. ${unknown.message}.` : INVALID_JOB_BODY);
}
