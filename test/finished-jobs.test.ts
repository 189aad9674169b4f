import { expect, test } from 'vitest';
import { createFinishedJobs } from '../src/finished-jobs.js';
import type { FinishedJob } from '../src/job.js';

function job(jobId: string, stdout = ''): FinishedJob {
  return { jobId, result: { stdout, stderr: '', compile: null } } as unknown as FinishedJob;
}

test('a job that was added is found, and one that was not is not', () => {
  const jobs = createFinishedJobs();
  jobs.add(job('a'));
  expect(jobs.get('a')?.jobId).toBe('a');
  expect(jobs.get('b')).toBeUndefined();
});

test('the oldest go when there is no room, and what is kept never passes the bound', () => {
  const jobs = createFinishedJobs(10_000);
  for (let i = 0; i < 100; i++) jobs.add(job(`${i}`, 'x'.repeat(1_000)));
  expect(jobs.get('0')).toBeUndefined();
  expect(jobs.get('96')).toBeUndefined();
  expect(jobs.get('97')).toBeDefined();
  expect(jobs.get('99')).toBeDefined();
});

test('unless told otherwise, as many are kept as are asked for again, not as many as memory holds', () => {
  const jobs = createFinishedJobs();
  for (let i = 0; i < 20_000; i++) jobs.add(job(`${i}`));
  expect(jobs.get('3000')).toBeUndefined();
  expect(jobs.get('4000')).toBeDefined();
});

test('a job that is told twice counts once', () => {
  const jobs = createFinishedJobs(7_000);
  jobs.add(job('a', 'x'.repeat(1_000)));
  for (let i = 0; i < 10; i++) jobs.add(job('b', 'x'.repeat(1_000)));
  expect(jobs.get('a')).toBeDefined();
});
