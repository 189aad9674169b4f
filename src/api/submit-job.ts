import type { RequestHandler } from 'express';
import { callerOf } from './authenticate.js';
import type { JobClient } from './job-client.js';
import type { AcceptedJob } from './job-schemas.js';
import { takeProgram } from './program.js';
import { sendJson } from './send-json.js';

/** POST /jobs: accepts a job. Once this answers, the job ends in a result whatever fails. */
export function submitJob(jobs: JobClient): RequestHandler {
  return async (_request, response) => {
    const jobId = await jobs.submit({
      ...takeProgram(response),
      kind: 'async',
      caller: callerOf(response),
    });
    response.set({ Location: `/jobs/${jobId}`, 'X-Job-Id': jobId });
    sendJson(response, { job_id: jobId, status: 'queued' } satisfies AcceptedJob);
  };
}
