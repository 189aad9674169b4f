import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { CodeRules } from '../code-rules.js';
import { jobRequestSchema } from '../job.js';
import { parseJob } from '../job-rules.js';
import { shorten } from '../shorten.js';
import { type BodyShare, bodyShareOf } from './body-budget.js';
import { HttpError } from './http-error.js';
import { setProgram } from './program.js';
import { BodyTooLarge, readBody } from './read-body.js';

/** A caller's JSON may have white space and escapes that ours has not. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

const INVALID_BODY = "Invalid request body. Expected JSON with 'code' and 'language' fields.";

/** Reads and checks the JSON body of POST /jobs. */
export function parseJobRequest(rules: CodeRules): RequestHandler {
  return async (request, response, next) => {
    const job = await readJob(request, jobRequestSchema, bodyShareOf(response));
    setProgram(response, { ...job, language: parseJob(job, rules) });
    next();
  };
}

/** Reads a body that is a job as JSON. It rejects as readBody does, or with HttpError that names the field. */
export async function readJob<Job>(
  request: IncomingMessage,
  schema: z.ZodType<Job>,
  share: Pick<BodyShare, 'hold'>,
): Promise<Job> {
  const body = await readBody(request, MAX_BODY_BYTES, share).catch((error) => {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw new HttpError(413, `Request body exceeds maximum of ${MAX_BODY_BYTES} bytes`);
  });
  return toJob(parseJson(body), schema);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, INVALID_BODY);
  }
}

function toJob<Job>(body: unknown, schema: z.ZodType<Job>): Job {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const { issues } = read.error;
  const [issue] = issues;
  const isNoJob = ({ path: [field] }: { path: PropertyKey[] }) => field === 'code' || field === 'language';
  if (
    issue === undefined ||
    issues.some(isNoJob) ||
    (issue.code === 'invalid_type' && issue.path.length === 0)
  )
    throw new HttpError(400, INVALID_BODY);
  const where = issue.path.length === 0 ? '' : `${toPath(issue.path)}: `;
  const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  throw new HttpError(400, `Invalid request body. ${where}${shorten(message ?? issue.message)}.`);
}

/** runs[3].stdin */
function toPath(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${shorten(String(part))}`));
  return parts.join('').replace(/^\./, '');
}
