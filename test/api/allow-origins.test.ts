// What a browser would see: a page of one of our origins, one of another, and a name that leads to this machine.
import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { createRateLimiter } from '../../src/api/rate-limiter.js';
import { createTestKeys, KEY, silent, startApp, submitTo } from './start-app.js';

const PAGE = 'http://localhost:3000';
const OTHER_PAGE = 'https://evil.example.org';

const startWithPage = () => startApp({ origins: [PAGE] });

test('without origins no answer is for another page', async () => {
  const url = await startApp();
  const answer = await submitTo(url, { 'X-API-Key': KEY, Origin: PAGE });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect((await fetch(`${url}/jobs`, { method: 'OPTIONS', headers: { Origin: PAGE } })).status).toBe(405);
});

test('a page of our origins may read the answer and the headers that tell of limits and jobs', async () => {
  const { status, headers } = await submitTo(await startWithPage(), { 'X-API-Key': KEY, Origin: PAGE });
  expect(status).toBe(200);
  expect(headers.get('access-control-allow-origin')).toBe(PAGE);
  expect(headers.get('vary')).toContain('Origin');
  expect(headers.get('access-control-allow-credentials')).toBeNull();
  const exposed = headers.get('access-control-expose-headers')?.toLowerCase().split(',') ?? [];
  for (const name of headers.keys()) {
    if (/^(x-(?!content-type-options)|ratelimit|location)/.test(name)) expect(exposed).toContain(name);
  }
  expect(exposed).toEqual(expect.arrayContaining(['retry-after', 'x-ratelimit-retry-after']));
});

test('a page may read refusals too', async () => {
  const url = await startWithPage();
  const unknown = await submitTo(url, { 'X-API-Key': 'unknown', Origin: PAGE });
  const invalid = await submitTo(url, { 'X-API-Key': KEY, Origin: PAGE }, '{}');
  expect([unknown.status, invalid.status]).toEqual([401, 400]);
  for (const { headers } of [unknown, invalid]) expect(headers.get('access-control-allow-origin')).toBe(PAGE);
});

test('a page that sends a key asks first, and only ours is let', async () => {
  const url = await startWithPage();
  const ask = (origin: string) =>
    fetch(`${url}/jobs`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,x-api-key',
      },
    });
  const ours = await ask(PAGE);
  expect(ours.status).toBe(204);
  expect(ours.headers.get('access-control-allow-origin')).toBe(PAGE);
  expect(ours.headers.get('access-control-allow-headers')).toBe('content-type,x-api-key');
  expect(ours.headers.get('access-control-allow-methods')).toContain('POST');
  expect((await ask(OTHER_PAGE)).headers.get('access-control-allow-origin')).toBeNull();
});

const startAnonymous = (maxRequests = 100) =>
  startApp({
    origins: [PAGE],
    keys: createTestKeys({ ALLOW_ANONYMOUS: 'true' }),
    rateLimit: { limiter: createRateLimiter({ log: silent }), maxRequests },
  });

test.each([
  ['no key', {}, 200],
  ['no key, from a page of ours', { Origin: PAGE }, 200],
  ['no key, from another page', { Origin: OTHER_PAGE }, 401],
  ['no key, from a file', { Origin: 'null' }, 401],
  ['an empty key', { 'X-API-Key': '' }, 401],
  ['an unknown key', { 'X-API-Key': 'unknown' }, 401],
  ['a key', { 'X-API-Key': KEY }, 200],
])('where the anonymous caller is allowed, a request with %s is answered', async (_, headers, status) => {
  expect((await submitTo(await startAnonymous(), headers)).status).toBe(status);
});

test('where it is not allowed, a key is needed', async () => {
  const answer = await submitTo(await startWithPage(), { Origin: PAGE });
  expect(answer.status).toBe(401);
  expect(await answer.text()).toBe('API key required. Provide X-API-Key header or api_key parameter');
});

test('the anonymous caller has a count of its own', async () => {
  const url = await startAnonymous(1);
  const statuses = [await submitTo(url, {}), await submitTo(url, {}), await submitTo(url)];
  expect(statuses.map(({ status }) => status)).toEqual([200, 429, 200]);
});

test.each([
  ['localhost', 200],
  ['127.0.0.1:8080', 200],
  ['[::1]:8080', 200],
  ['rebound.example.org', 401],
])('who asks for the host %s without a key is answered', async (host, status) => {
  const url = await startAnonymous();
  const answered = new Promise((resolve, reject) => {
    const request = httpRequest(`${url}/jobs`, { headers: { Host: host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    request.on('error', reject).end();
  });
  expect(await answered).toBe(status);
});
