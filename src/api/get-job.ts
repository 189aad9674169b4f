import type { RequestHandler } from 'express';
import { callerOf } from './authenticate.js';
import { toJobBody } from './job-body.js';
import type { JobClient } from './job-client.js';
import type { JobNotFound } from './job-schemas.js';
import { sendJson } from './send-json.js';

/** Longer than any id that we gave out. */
const MAX_ID_LENGTH = 100;

/** GET /jobs/:id: somebody else's job is as unknown as one that never was. */
export function getJob(jobs: JobClient): RequestHandler<{ id: string }> {
  return async ({ params: { id } }, response) => {
    const job = id.length > MAX_ID_LENGTH ? undefined : await jobs.get(id, callerOf(response).owner);
    response.set('Cache-Control', 'no-store');
    if (job) return sendJson(response, toJobBody(job));
    sendJson(response.status(404), { error: 'Job not found', job_id: id } satisfies JobNotFound);
  };
}
