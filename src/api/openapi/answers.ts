// Answers as the OpenAPI document describes them: what several routes share, and how one is written.
import type { z } from 'zod';
import { PLATFORM_TEXT } from '../job-body.js';
import { headers, RATE_LIMIT_HEADERS } from './headers.js';

/** A plain-text answer, with the texts that it may have. */
export function text(description: string, examples: Record<string, string>, answerHeaders = headers()) {
  return {
    description,
    headers: answerHeaders,
    content: {
      'text/plain': {
        schema: { type: 'string' as const },
        examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
      },
    },
  };
}

/** A JSON answer. */
export function json(schema: z.ZodType, description: string, answerHeaders = headers()) {
  return { description, headers: answerHeaders, content: { 'application/json': { schema } } };
}

/** A plain-text answer, or JSON for who asks for it. */
export function textOrJson(schema: z.ZodType, description: string, examples: Record<string, string>) {
  const plain = text(description, examples);
  return { ...plain, content: { ...plain.content, ...json(schema, description).content } };
}

/** Texts about code that is refused. */
const REFUSED_CODE = {
  language: 'Unsupported language: klingon. Supported: java, python, ruby, perl, javascript, php',
  bytes: 'Code size exceeds maximum of 100 KB (got 200 KB)',
  characters: 'Code exceeds maximum of 50000 characters (got 60000)',
  empty: 'Code cannot be empty',
  pattern: 'Code contains potentially dangerous pattern: rm -rf',
  encoding: 'Code is not valid UTF-8',
};

/** Texts about a job that is refused. */
export const REFUSED_JOB = {
  body: "Invalid request body. Expected JSON with 'code' and 'language' fields.",
  field: 'Invalid request body. Unrecognized key: "cpus".',
  ...REFUSED_CODE,
};

/** Answers that more than one route gives, by their name in the document. */
export const SHARED_ANSWERS = {
  Unauthorized: text(
    'No key, or an unknown one',
    {
      none: 'API key required. Provide X-API-Key header or api_key parameter',
      unknown: 'Invalid API key',
    },
    headers('WWW-Authenticate'),
  ),
  MethodNotAllowed: text(
    'Another method on this path',
    { method: 'HTTP method not allowed, supported methods: GET' },
    headers('Allow'),
  ),
  JobTooLarge: text('The body is larger than any job that is allowed', {
    body: 'Request body exceeds maximum of 10485760 bytes',
  }),
  UnsupportedEncoding: text('A Content-Encoding other than gzip, deflate, br or identity', {
    encoding: 'unsupported content encoding "x"',
  }),
  TooManyRequests: text(
    'Too many requests of the key are not answered yet; or this hour’s runs are used up, and then all X-RateLimit headers ' +
      'are there',
    {
      limit: 'Rate limit exceeded. Retry after 1800 seconds.',
      open: 'Too many requests at once: at most 200 of a key',
    },
    headers('X-RateLimit-Retry-After', 'Retry-After'),
  ),
  Unavailable: text('Temporal does not answer', { failed: PLATFORM_TEXT }, headers('Retry-After')),
  RunUnavailable: text(
    'Temporal does not answer, no runner is free in time, the platform failed three times, or there is no room for a large job at this moment',
    { failed: PLATFORM_TEXT },
    headers(...RATE_LIMIT_HEADERS, 'Retry-After'),
  ),
};

/** A reference to a shared answer. */
export const shared = (name: keyof typeof SHARED_ANSWERS) => ({ $ref: `#/components/responses/${name}` });
