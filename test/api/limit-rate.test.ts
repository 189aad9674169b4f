import { afterEach, expect, test, vi } from 'vitest';
import type { Caller } from '../../src/api/api-keys.js';
import { JobNotTaken } from '../../src/api/http-error.js';
import { createRateLimiter } from '../../src/api/rate-limiter.js';
import { acceptingJobs, countStatuses, KEY, silent, startApp, submitTo } from './start-app.js';

const HOUR_MS = 3_600_000;
const OTHER_KEY = 'test-key-abcde';

function limitedTo(maxRequests: number) {
  const limited: Caller[] = [];
  const limiter = createRateLimiter({ log: silent });
  return { limiter, maxRequests, onLimited: (caller: Caller) => limited.push(caller), limited };
}

afterEach(() => vi.useRealTimers());

test('of 200 requests at once exactly 100 are accepted', async () => {
  const rateLimit = limitedTo(100);
  expect(await countStatuses(await startApp({ rateLimit }), 200)).toEqual({ 200: 100, 429: 100 });
  expect(rateLimit.limited).toHaveLength(100);
  expect(rateLimit.limited[0]).toMatchObject({ name: 'dev' });
});

test('an accepted request tells where the caller stands', async () => {
  const { headers } = await submitTo(await startApp({ rateLimit: limitedTo(3) }));
  const resetIn = Number(headers.get('x-ratelimit-reset')) - Date.now() / 1000;
  expect(resetIn).toBeGreaterThan(3_590);
  expect(resetIn).toBeLessThanOrEqual(3_601);
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-ratelimit-remaining': '2',
    'x-ratelimit-limit': '3',
    ratelimit: '"default";r=2;t=3600',
    'ratelimit-policy': '"default";q=3;w=3600',
  });
  expect(headers.get('retry-after')).toBeNull();
});

test('the remaining requests count down to none, and stay there', async () => {
  const url = await startApp({ rateLimit: limitedTo(3) });
  const remaining: (string | null)[] = [];
  for (let n = 0; n < 6; n++) remaining.push((await submitTo(url)).headers.get('x-ratelimit-remaining'));
  expect(remaining).toEqual(['2', '1', '0', '0', '0', '0']);
});

test('a refusal tells in text and headers when to come again', async () => {
  const url = await startApp({ rateLimit: limitedTo(1) });
  await submitTo(url);
  const refused = await submitTo(url);
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(3_590);
  expect(seconds).toBeLessThanOrEqual(3_600);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(refused.headers.get('x-ratelimit-retry-after')).toBe(`${seconds}`);
  expect(refused.headers.get('ratelimit')).toBe(`"default";r=0;t=${seconds}`);
  expect(await refused.text()).toBe(`Rate limit exceeded. Retry after ${seconds} seconds.`);
});

test('each key has a count of its own', async () => {
  const url = await startApp({ rateLimit: limitedTo(1) });
  expect(await countStatuses(url, 2)).toEqual({ 200: 1, 429: 1 });
  expect((await submitTo(url, { 'X-API-Key': OTHER_KEY })).status).toBe(200);
});

test('a caller may have a limit of its own', async () => {
  const caller = { name: 'big', owner: 'b'.repeat(32), maxRequests: 5 };
  const keys = { find: () => caller, anonymous: undefined, stop: () => {} };
  const url = await startApp({ keys, rateLimit: limitedTo(1) });
  expect(await countStatuses(url, 8)).toEqual({ 200: 5, 429: 3 });
});

test('refused keys, refused validation and GETs cost nothing', async () => {
  const url = await startApp({ rateLimit: limitedTo(2) });
  for (const body of ['{}', '{"code": " ", "language": "python"}', '{"code": "1", "language": "klingon"}']) {
    const refused = await submitTo(url, { 'X-API-Key': KEY }, body);
    expect(refused.status).toBe(400);
    expect(refused.headers.get('x-ratelimit-remaining')).toBeNull();
  }
  expect((await submitTo(url, { 'X-API-Key': 'unknown' })).status).toBe(401);
  for (let n = 0; n < 5; n++) {
    expect((await fetch(`${url}/jobs`, { headers: { 'X-API-Key': KEY } })).status).toBe(200);
  }
  expect((await submitTo(url)).headers.get('x-ratelimit-remaining')).toBe('1');
});

test('validation is told before the limit', async () => {
  const url = await startApp({ rateLimit: limitedTo(1) });
  await submitTo(url);
  expect((await submitTo(url, { 'X-API-Key': KEY }, '{}')).status).toBe(400);
});

test('what Temporal did not take is given back, exactly once, whatever was refused meanwhile', async () => {
  let taken = false;
  const submit: typeof acceptingJobs.submit = async (job) => {
    if (!taken) throw new JobNotTaken(new Error('away'));
    return acceptingJobs.submit(job);
  };
  const url = await startApp({ jobs: { ...acceptingJobs, submit }, rateLimit: limitedTo(3) });
  const away = await submitTo(url);
  expect([away.status, await away.text()]).toEqual([503, 'something went wrong']);
  expect(away.headers.get('x-ratelimit-remaining')).toBe('3');
  expect(await countStatuses(url, 3)).toEqual({ 503: 3 });
  taken = true;
  expect(await countStatuses(url, 8)).toEqual({ 200: 3, 429: 5 });
});

test('one that is given back at the limit lets exactly one more through', async () => {
  const { count } = createRateLimiter({ log: silent });
  const [first] = [await count('a', 2), await count('a', 2)];
  for (let n = 0; n < 5; n++) expect((await count('a', 2)).accepted).toBe(false);
  expect((await first?.giveBack())?.remaining).toBe(1);
  const after = await Promise.all([count('a', 2), count('a', 2), count('a', 2)]);
  expect(after.map(({ accepted }) => accepted)).toEqual([true, false, false]);
});

test('an hour after the first request the count starts anew, and nothing is carried over', async () => {
  vi.useFakeTimers();
  const { count } = createRateLimiter({ log: silent });
  const first = await count('a', 2);
  vi.advanceTimersByTime(HOUR_MS - 1_000);
  const second = await count('a', 2);
  expect(second).toMatchObject({ accepted: true, remaining: 0, resetMs: 1_000 });
  expect(await count('a', 2)).toMatchObject({ accepted: false, remaining: 0, resetMs: 1_000 });
  vi.advanceTimersByTime(1_001);
  // Both were counted in the hour that is over.
  await Promise.all([first.giveBack(), second.giveBack()]);
  const fresh = [await count('a', 2), await count('a', 2), await count('a', 2)];
  expect(fresh.map(({ accepted }) => accepted)).toEqual([true, true, false]);
});
