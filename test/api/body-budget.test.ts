// Real requests whose bodies stay open: what they hold is counted, refused over the budget, and given back.
import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { JOB_TYPE } from '../../src/api/parse-run-request.js';
import { acceptingJobs, KEY, startApp, submitTo } from './start-app.js';

const MB = 2 ** 20;
const OTHER = 'test-key-abcde';
const jobOf = (bytes: number) =>
  JSON.stringify({ code: 'print(1)', language: 'python', stdin: 'x'.repeat(bytes) });
const submitLarge = (url: string, bytes: number, key = KEY) =>
  submitTo(url, { 'X-API-Key': key }, jobOf(bytes));

/** A request of which `bytes` have been sent, without a Content-Length, and no end. */
async function hold(url: string, bytes: number, key = KEY): Promise<ClientRequest> {
  const request = httpRequest(`${url}/jobs`, { method: 'POST', headers: { 'X-API-Key': key } });
  request.on('error', () => {});
  onTestFinished(() => void request.destroy());
  request.write(' '.repeat(bytes));
  // What has been sent may not have been read yet.
  await sleep(200);
  return request;
}

test('one caller fills half of the budget, and another one finds room for as much', async () => {
  const url = await startApp({ maxBodyBytes: 8 * MB });
  await hold(url, 3 * MB);
  const refused = await submitLarge(url, 2 * MB);
  expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
    503,
    '2',
    'something went wrong',
  ]);
  expect((await submitLarge(url, 2 * MB, OTHER)).status).toBe(200);
  await hold(url, 3.5 * MB, OTHER);
  expect((await submitLarge(url, 1.5 * MB, 'prod-key-67890')).status).toBe(200);
  expect((await submitLarge(url, 2 * MB, 'prod-key-67890')).status).toBe(503);
});

test('a refusal costs nothing of the rate limit', async () => {
  const url = await startApp({ maxBodyBytes: 2 * MB });
  const refused = await submitLarge(url, 2 * MB);
  expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([503, null]);
  expect((await submitTo(url)).headers.get('x-ratelimit-remaining')).toBe('99');
});

test('small bodies are taken whatever is held', async () => {
  const url = await startApp({ maxBodyBytes: 4 * MB });
  await hold(url, 2 * MB);
  expect((await submitLarge(url, 100_000)).status).toBe(200);
  expect((await submitLarge(url, MB)).status).toBe(503);
});

test('a body is refused as soon as it is over, whatever it has said of its length', async () => {
  const url = await startApp({ maxBodyBytes: 4 * MB });
  await hold(url, 2 * MB);
  const request = await hold(url, 100_000);
  const answered = once(request, 'response');
  request.write(' '.repeat(MB));
  const [{ statusCode }] = (await answered) as [IncomingMessage];
  expect(statusCode).toBe(503);
});

test('who goes away gives back what they held', async () => {
  const url = await startApp({ maxBodyBytes: 4 * MB });
  const held = await hold(url, 2 * MB);
  expect((await submitLarge(url, MB)).status).toBe(503);
  held.destroy();
  await sleep(200);
  expect((await submitLarge(url, MB)).status).toBe(200);
});

test('what is refused or accepted gives back what it held, over and over', async () => {
  const url = await startApp({ maxBodyBytes: 8 * MB });
  const bodies = Array.from({ length: 60 }, (_, n) => (n % 2 ? jobOf(MB) : `${jobOf(MB)} no JSON`));
  for (const [n, body] of bodies.entries())
    expect((await submitTo(url, { 'X-API-Key': KEY }, body)).status).toBe(n % 2 ? 200 : 400);
});

test('a caller who waits for a program holds nothing once Temporal has it', async () => {
  let take = () => {};
  const jobs = { ...acceptingJobs };
  jobs.run = (_job, _signal, onTaken) => {
    take = onTaken;
    return new Promise<never>(() => {});
  };
  const url = await startApp({ maxBodyBytes: 4 * MB, jobs });
  const headers = { 'X-API-Key': KEY, 'Content-Type': JOB_TYPE };
  const gone = new AbortController();
  onTestFinished(() => gone.abort());
  const waiting = { method: 'POST', headers, body: jobOf(1.5 * MB), signal: gone.signal };
  fetch(`${url}/lang/python`, waiting).catch(() => {});
  await sleep(300);
  expect((await submitLarge(url, MB)).status).toBe(503);
  take();
  expect((await submitLarge(url, MB)).status).toBe(200);
});
