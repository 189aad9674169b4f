import type { RequestHandler } from 'express';
import { callerOf } from './authenticate.js';
import { HttpError } from './http-error.js';
import type { JobClient } from './job-client.js';
import { sendJson } from './send-json.js';

const MAX_LIMIT = 100;

/** GET /jobs?limit&offset: the caller's own jobs, newest first. */
export function listJobs(jobs: JobClient): RequestHandler {
  return async ({ query }, response) => {
    const limit = Math.min(parseInteger('limit', query.limit, 20), MAX_LIMIT);
    const offset = parseInteger('offset', query.offset, 0);
    const { jobs: page, total } = await jobs.list(callerOf(response).owner, { limit, offset });
    response.set('Cache-Control', 'no-store');
    sendJson(response, { jobs: page, pagination: { total, limit, offset } });
  };
}

function parseInteger(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value);
  const got = JSON.stringify(value);
  throw new HttpError(
    400,
    `The query parameter '${name}' was malformed: ${got} is not a whole number of 0 or more`,
  );
}
