// Several API processes share a count in a real Redis, and go on without it.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type Logger, pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createRateLimiter } from '../../src/api/rate-limiter.js';
import { countStatuses, KEY, silent, startApp, submitTo } from './start-app.js';
import { ensureRedis, startRedis, type TestRedis } from './start-redis.js';

let redis: TestRedis;

beforeAll(async () => {
  await ensureRedis();
  redis = await startRedis();
}, 900_000);
afterAll(() => redis.kill());
beforeEach(() => withClient((client) => client.flushall()));

/** An API process that counts in Redis; resolves when it is connected. */
async function startCounting(maxRequests: number, log: Logger = silent) {
  const limiter = createRateLimiter({ redisUrl: `redis://127.0.0.1:${redis.port}`, log });
  onTestFinished(() => limiter.stop());
  const url = await startApp({ rateLimit: { limiter, maxRequests } });
  await vi.waitFor(async () => expect(await isCounted(limiter)).toBe(true), 5_000);
  return { url, limiter };
}

let probes = 0;

/** Whether the limiter counts in Redis now. */
async function isCounted({ count }: ReturnType<typeof createRateLimiter>): Promise<boolean> {
  const id = `probe-${probes++}`;
  await count(id, 1);
  return withClient(async (client) => (await client.exists(`braindrill:requests:${id}`)) === 1);
}

async function withClient<T>(use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redis.port, '127.0.0.1');
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

test('of 200 requests at once to two processes exactly 100 are accepted', async () => {
  const [one, two] = [await startCounting(100), await startCounting(100)];
  const [first, second] = await Promise.all([countStatuses(one.url, 100), countStatuses(two.url, 100)]);
  expect((first[200] ?? 0) + (second[200] ?? 0)).toBe(100);
  expect((first[429] ?? 0) + (second[429] ?? 0)).toBe(100);
});

test('headers are the same as without Redis', async () => {
  const { url } = await startCounting(1);
  expect((await submitTo(url)).headers.get('ratelimit')).toBe('"default";r=0;t=3600');
  const refused = await submitTo(url);
  expect(await refused.text()).toMatch(/^Rate limit exceeded\. Retry after 3(600|599) seconds\.$/);
});

test('Redis holds the digest of the key and nothing else of it, for an hour', async () => {
  await submitTo((await startCounting(100)).url);
  const digest = createHash('sha256').update(KEY).digest('hex');
  await withClient(async (client) => {
    const names = (await client.keys('*')).filter((name) => !name.includes('probe'));
    expect(names).toEqual([`braindrill:requests:${digest.slice(0, 32)}`]);
    expect(await client.ttl(names[0] as string)).toBeGreaterThan(3_590);
  });
});

test('one that is given back at the limit lets exactly one more through', async () => {
  const { count } = (await startCounting(1)).limiter;
  const [first] = [await count('a', 2), await count('a', 2)];
  await Promise.all([count('a', 2), count('a', 2), count('a', 2)]);
  expect((await first?.giveBack())?.remaining).toBe(1);
  const after = [await count('a', 2), await count('a', 2)];
  expect(after.map(({ accepted }) => accepted)).toEqual([true, false]);
});

test('Redis is killed: requests go on, limited, and are counted there again when it is back', {
  timeout: 30_000,
}, async () => {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const { url, limiter } = await startCounting(5, log);
  lines.length = 0;
  const counted = await limiter.count('a', 1);
  await redis.kill();
  const askedAt = performance.now();
  expect(await countStatuses(url, 8)).toEqual({ 200: 5, 429: 3 });
  expect(performance.now() - askedAt).toBeLessThan(1_500);
  expect((await limiter.count('a', 1)).accepted).toBe(true);
  // What Redis had counted is not taken off the count in memory.
  await counted.giveBack();
  expect((await limiter.count('a', 1)).accepted).toBe(false);
  redis = await startRedis(redis.port);
  await vi.waitFor(async () => expect(await isCounted(limiter)).toBe(true), {
    timeout: 10_000,
    interval: 100,
  });
  expect(await countStatuses(url, 8)).toEqual({ 200: 5, 429: 3 });
  expect(lines.map(({ msg }) => msg)).toEqual([
    'Redis does not answer: each API process counts requests by itself',
    'Redis answers again: requests are counted there',
  ]);
});

test('a Redis that hangs delays a request by less than half a second, and soon not at all', {
  timeout: 30_000,
}, async () => {
  const { url, limiter } = await startCounting(100);
  process.kill(redis.pid, 'SIGSTOP');
  try {
    expect(await timeSubmit(url)).toBeLessThan(500);
    await sleep(600);
    expect(await timeSubmit(url)).toBeLessThan(100);
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  await vi.waitFor(async () => expect(await isCounted(limiter)).toBe(true), {
    timeout: 10_000,
    interval: 100,
  });
});

test('Redis need not be there at the start', async () => {
  const limiter = createRateLimiter({ redisUrl: 'redis://127.0.0.1:1', log: silent });
  onTestFinished(() => limiter.stop());
  const url = await startApp({ rateLimit: { limiter, maxRequests: 2 } });
  expect(await countStatuses(url, 5)).toEqual({ 200: 2, 429: 3 });
});

async function timeSubmit(url: string): Promise<number> {
  const askedAt = performance.now();
  expect((await submitTo(url)).status).toBe(200);
  return performance.now() - askedAt;
}
