const UUID = '550e8400-e29b-41d4-a716-446655440000';

/** Headers by name. An answer that lists one always has it. */
export const HEADERS = {
  Allow: text('the methods that there are', 'GET, POST'),
  Location: text('path of the job', `/jobs/${UUID}`),
  RateLimit: text('what is left and for how long, as the IETF draft has it', '"default";r=99;t=3600'),
  'RateLimit-Policy': text('limit and window in seconds, as the IETF draft has it', '"default";q=100;w=3600'),
  'Retry-After': wholeNumber('seconds to wait before trying again', 2, 1),
  'WWW-Authenticate': text('how to give a key', 'Bearer'),
  'X-Job-Id': text("the job's id", UUID),
  'X-RateLimit-Limit': wholeNumber('runs in an hour, for each key', 100, 1),
  'X-RateLimit-Remaining': wholeNumber('runs that are left in this hour', 99),
  'X-RateLimit-Reset': wholeNumber('when the hour ends, in seconds since 1970', 1_736_940_600),
  'X-RateLimit-Retry-After': wholeNumber('seconds until runs are allowed again', 1800, 1),
  'X-Request-Id': text('id of the request, as the service logs it', UUID),
};

type HeaderName = keyof typeof HEADERS;

/** References to headers, for an answer; each answer has X-Request-Id. */
export function headers(...names: HeaderName[]) {
  const references = names
    .concat('X-Request-Id')
    .map((name) => [name, { $ref: `#/components/headers/${name}` }]);
  return Object.fromEntries(references) as Record<string, { $ref: string }>;
}

/** Headers of every answer to a run that the rate limit counted. */
export const RATE_LIMIT_HEADERS = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'RateLimit',
  'RateLimit-Policy',
] as const satisfies HeaderName[];

function text(description: string, example: string) {
  return { description, required: true, schema: { type: 'string' as const }, example };
}

function wholeNumber(description: string, example: number, minimum = 0) {
  return { description, required: true, schema: { type: 'integer' as const, minimum }, example };
}
