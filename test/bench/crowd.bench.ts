// Many jobs at once: a burst that is only submitted, reading what has ended and what runs, a quiet caller beside a noisy one.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobBody } from '../../src/api/job-schemas.js';
import { type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { percentiles, quantile, tell } from './measure.js';

const BURST = 1_000;
const WAITING = 500;
const READS = 4_000;
const HELLO = { language: 'python', code: 'print("ran")' };
const [NOISY, QUIET] = CALLERS as [string, string];

let service: BenchService;

beforeAll(async () => {
  service = await startBenchService('python');
  for (let n = 0; n < 5; n++) await service.run(NOISY, 'python', HELLO.code, 'ran\n');
});
afterAll(() => service.stop());

const read = (key: string, id: string) => service.get(key, `/jobs/${id}`) as Promise<JobBody>;

/** Runs `count` of them, `atOnce` at a time; answers with what came of each and how many there were in a second. */
async function hurry<T>(count: number, atOnce: number, run: (index: number) => Promise<T>) {
  const results: T[] = [];
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next++;
      results[index] = await run(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { results, perSecond: (count / (performance.now() - started)) * 1000 };
}

async function untilEnded(key: string, id: string): Promise<JobBody> {
  for (;;) {
    const job = await read(key, id);
    if (job.status !== 'queued' && job.status !== 'running') return job;
    await sleep(200);
  }
}

test('a burst is accepted, and every job of it ends', { timeout: 600_000 }, async () => {
  const accepted = await hurry(BURST, 16, () => service.submit(NOISY, HELLO));
  const ended = await hurry(BURST, 8, (index) => untilEnded(NOISY, accepted.results[index] as string));
  for (const job of ended.results) expect(job).toMatchObject({ status: 'completed', stdout: 'ran\n' });
  const finished = await hurry(READS, 16, (index) => read(NOISY, accepted.results[index % 100] as string));
  const slow = await service.submit(NOISY, { language: 'python', code: 'import time; time.sleep(4.5)' });
  await sleep(700);
  const running = await hurry(1_000, 16, () => read(NOISY, slow));
  expect(running.results[0]?.status).toBe('running');
  tell('burst and reading', [
    { '': `${BURST} jobs accepted`, 'a second': accepted.perSecond.toFixed(0) },
    { '': 'GET of a finished job', 'a second': finished.perSecond.toFixed(0) },
    { '': 'GET of a running job', 'a second': running.perSecond.toFixed(0) },
  ]);
});

test('a quiet caller beside a noisy one', { timeout: 600_000 }, async () => {
  const alone: number[] = [];
  for (let n = 0; n < 20; n++) {
    const begun = performance.now();
    await service.run(QUIET, 'python', HELLO.code, 'ran\n');
    alone.push(performance.now() - begun);
  }
  const ids = (await hurry(WAITING, 16, () => service.submit(NOISY, HELLO))).results;
  const started = performance.now();
  const quiet: number[] = [];
  const startedAt = Date.now();
  while ((await read(NOISY, ids.at(-1) as string)).status === 'queued') {
    const job = await untilEnded(QUIET, await service.submit(QUIET, HELLO));
    quiet.push(job.queued_ms as number);
    await sleep(100);
  }
  const ended = await Promise.all(ids.map((id) => untilEnded(NOISY, id)));
  for (const { status } of ended) expect(status).toBe('completed');
  const meanwhile = ended.filter(({ completed_at }) => Date.parse(completed_at as string) > startedAt);
  const betweenMs = (performance.now() - started) / (meanwhile.length + quiet.length);
  const jobMs = meanwhile.map(({ execution_duration_ms }) => execution_duration_ms as number);
  const inJobs = (ms: number) => ({
    'in jobs': (ms / quantile(alone, 0.5)).toFixed(1),
    'in ends': (ms / betweenMs).toFixed(1),
  });
  tell('a quiet caller beside 500 waiting jobs', [
    { '': 'quiet caller, until its program starts', ...percentiles(quiet), ...inJobs(quantile(quiet, 0.5)) },
    {
      '': 'a job of the noisy one, from start to end',
      ...percentiles(jobMs),
      ...inJobs(quantile(jobMs, 0.5)),
    },
    { '': 'a job, alone, from request to answer', ...percentiles(alone), ...inJobs(quantile(alone, 0.5)) },
    { '': 'from the end of a job to the next one’s', ...percentiles([betweenMs]), ...inJobs(betweenMs) },
  ]);
});
