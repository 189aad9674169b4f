import { expect, test } from 'vitest';
import type { JobClient } from '../../src/api/job-client.js';
import { acceptingJobs, KEY, startApp } from './start-app.js';

/** Jobs whose callers wait until they go away. */
const endlessJobs: JobClient = {
  ...acceptingJobs,
  run: (_job, signal) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cancelled')))),
};

const run = (url: string, key: string, signal: AbortSignal) =>
  fetch(`${url}/lang/python`, { method: 'POST', headers: { 'X-API-Key': key }, body: 'print(1)', signal });

const list = (url: string, key: string) => fetch(`${url}/jobs`, { headers: { 'X-API-Key': key } });

test('a key with all its requests open is told to come again, others are served, and hanging up makes room', async () => {
  const url = await startApp({ jobs: endlessJobs, maxOpenRequests: 3 });
  const waiting = [1, 2, 3].map(() => new AbortController());
  const calls = waiting.map(({ signal }) => run(url, KEY, signal).catch((error: Error) => error.name));
  await expect.poll(async () => (await list(url, KEY)).status).toBe(429);
  const refused = await list(url, KEY);
  expect(await refused.text()).toBe('Too many requests at once: at most 3 of a key');
  expect(refused.headers.get('retry-after')).toBe('1');
  expect((await list(url, 'test-key-abcde')).status).toBe(200);
  for (const one of waiting) one.abort();
  expect(await Promise.all(calls)).toEqual(['AbortError', 'AbortError', 'AbortError']);
  await expect.poll(async () => (await list(url, KEY)).status).toBe(200);
});
