import type { RequestHandler } from 'express';
import type { CodeRules } from '../code-rules.js';
import { type JobStatus, jobStatusSchema } from '../job.js';
import { labelSchema, MAX_LABELS } from '../job-fields.js';
import { findLanguage } from '../languages.js';
import { shorten } from '../shorten.js';
import { callerOf } from './authenticate.js';
import { HttpError } from './http-error.js';
import type { JobClient } from './job-client.js';
import type { JobList } from './job-schemas.js';
import { sendJson } from './send-json.js';

const MAX_LIMIT = 100;

/** GET /jobs?limit&offset&status&language&label: the caller's own jobs, newest first. */
export function listJobs(jobs: JobClient, { languages }: CodeRules): RequestHandler {
  return async ({ query }, response) => {
    const limit = Math.min(parseInteger('limit', query.limit, 20), MAX_LIMIT);
    const offset = parseInteger('offset', query.offset, 0);
    const filter = {
      status: parseStatus(query.status),
      language: parseFilterLanguage(query.language, languages),
      labels: parseLabels(query.label),
    };
    const { jobs: page, total } = await jobs.list(callerOf(response).owner, { limit, offset, ...filter });
    response.set('Cache-Control', 'no-store');
    sendJson(response, { jobs: page, pagination: { total, limit, offset } } satisfies JobList);
  };
}

function parseInteger(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value);
  const got = shorten(JSON.stringify(value));
  throw new HttpError(
    400,
    `The query parameter '${name}' was malformed: ${got} is not a whole number of 0 or more`,
  );
}

function parseStatus(value: unknown): JobStatus | undefined {
  if (value === undefined) return undefined;
  const read = jobStatusSchema.safeParse(value);
  if (read.success) return read.data;
  throw malformed('status', value, `is none of ${jobStatusSchema.options.join(', ')}`);
}

function parseFilterLanguage(value: unknown, languages: CodeRules['languages']): string | undefined {
  if (value === undefined) return undefined;
  const language = typeof value === 'string' ? findLanguage(languages, value) : undefined;
  if (language) return language.id;
  throw malformed('language', value, 'is no supported language');
}

function parseLabels(value: unknown): [name: string, value: string][] {
  const asked = value === undefined ? [] : Array.isArray(value) ? value : [value];
  if (asked.length > MAX_LABELS) throw malformed('label', value, `is more than ${MAX_LABELS}`);
  return asked.map((label) => {
    const [, ...parts] = /^([^=]*)=(.*)$/s.exec(label) ?? [];
    const read = labelSchema.safeParse(parts);
    if (read.success) return read.data;
    throw malformed('label', label, 'is no name=value of a label');
  });
}

function malformed(name: string, value: unknown, problem: string): HttpError {
  const got = shorten(JSON.stringify(value));
  return new HttpError(400, `The query parameter '${name}' was malformed: ${got} ${problem}`);
}
