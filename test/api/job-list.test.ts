import type { Client } from '@temporalio/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJobList } from '../../src/api/job-list.js';
import { createFinishedJobs } from '../../src/finished-jobs.js';
import { JOB_LABELS } from '../../src/temporal-names.js';

const TTL_MS = 3_600_000;
const START = Date.parse('2030-01-01T00:00:00Z');

type Row = { id: string; startTime: number; closeTime?: number; labels?: string[] };

let rows: Row[];
/** How many rows each question was answered with. */
let answers: number[];
beforeEach(() => {
  vi.useFakeTimers({ now: START });
  [rows, answers] = [[], []];
});
afterEach(() => vi.useRealTimers());

/** A visibility store that knows the two questions of a list. */
function createList() {
  async function* list({ query }: { query: string }) {
    const since = Date.parse(/CloseTime > '([^']+)'/.exec(query)?.[1] ?? '');
    const labels = [...query.matchAll(/JobLabels = '([^']+)'/g)].map(([, label]) => label as string);
    const found = rows.filter(
      (row) =>
        (row.closeTime === undefined || row.closeTime > since) &&
        labels.every((label) => row.labels?.includes(label)),
    );
    answers.push(found.length);
    for (const { id, startTime, closeTime, labels } of found) {
      yield {
        workflowId: id,
        status: { name: closeTime === undefined ? 'RUNNING' : 'COMPLETED' },
        startTime: new Date(startTime),
        closeTime: closeTime === undefined ? undefined : new Date(closeTime),
        typedSearchAttributes: { get: (key: unknown) => (key === JOB_LABELS ? labels : undefined) },
      };
    }
  }
  const count = async () => ({ count: rows.length });
  const client = { workflow: { list, count } } as unknown as Client;
  const finishedJobs = createFinishedJobs();
  return createJobList({ client, finishedJobs, ttlMs: TTL_MS, call: (request) => request() });
}

const ended = (id: string, agoMs: number): Row => ({
  id,
  startTime: Date.now() - agoMs - 1_000,
  closeTime: Date.now() - agoMs,
});

async function read(list: ReturnType<typeof createList>) {
  const { jobs, total } = await list.read('owner', { limit: 100, offset: 0 });
  expect(total).toBe(jobs.length);
  return jobs.map(({ job_id }) => job_id);
}

test('ended jobs are asked for once, then only what runs or has ended since', async () => {
  const list = createList();
  rows = [ended('old', 600_000), ended('older', 900_000), { id: 'runs', startTime: Date.now() - 5_000 }];
  expect(await read(list)).toEqual(['runs', 'old', 'older']);
  vi.advanceTimersByTime(15_000);
  rows = [...rows.slice(0, 2), ended('runs', 2_000), ended('new', 1_000)];
  expect((await read(list)).toSorted()).toEqual(['new', 'old', 'older', 'runs']);
  expect(answers).toEqual([3, 2]);
});

test('a job whose time is over leaves the list, though it is not asked for again', async () => {
  const list = createList();
  rows = [ended('old', TTL_MS - 5_000)];
  expect(await read(list)).toEqual(['old']);
  vi.advanceTimersByTime(5_001);
  expect(await read(list)).toEqual([]);
});

test('what somebody deletes from the store leaves the list within half a minute', async () => {
  const list = createList();
  rows = [ended('old', 600_000)];
  expect(await read(list)).toEqual(['old']);
  rows = [];
  vi.advanceTimersByTime(30_000);
  expect(await read(list)).toEqual([]);
});

test('a burst of more jobs than are listed is counted whole, with those from before', async () => {
  const list = createList();
  rows = [ended('old', 600_000)];
  expect(await read(list)).toEqual(['old']);
  vi.advanceTimersByTime(1_000);
  rows.push(...Array.from({ length: 1_500 }, (_, n) => ({ id: `burst ${n}`, startTime: Date.now() })));
  expect(await list.read('owner', { limit: 20, offset: 0 })).toMatchObject({ total: 1_501 });
});

test('jobs are found by their labels, all of which they must have, to the letter', async () => {
  const list = createList();
  rows = [
    { ...ended('both', 1_000), labels: ['team=red', 'note=a%20%27b%27'] },
    { ...ended('one', 2_000), labels: ['team=red'] },
    { ...ended('other', 3_000), labels: ['team=Red'] },
    { ...ended('broken', 4_000), labels: ['team=%', '=red'] },
  ];
  list.add('owner', { jobId: 'new', language: 'python', labels: { team: 'red' } });
  const find = async (...labels: [string, string][]) => {
    const { jobs, total } = await list.read('owner', { limit: 100, offset: 0, labels });
    expect(total).toBe(jobs.length);
    for (const job of jobs) expect(job).not.toHaveProperty('labels');
    return jobs.map(({ job_id }) => job_id);
  };
  expect(await find(['team', 'red'])).toEqual(['new', 'both', 'one']);
  expect(await find(['team', 'red'], ['note', "a 'b'"])).toEqual(['both']);
  expect(await find(['constructor', 'red'])).toEqual([]);
  expect(answers).toEqual([4]);
});

test('of more jobs than are listed, the store finds those with labels', async () => {
  const list = createList();
  rows = Array.from({ length: 1_500 }, (_, n) => ({ ...ended(`${n}`, 1_000), labels: [`n=${n % 750}`] }));
  const labels = [['n', '7']] as const;
  const page = await list.read('owner', { limit: 100, offset: 0, labels });
  expect([page.jobs.map(({ job_id }) => job_id), page.total]).toEqual([['7', '757'], 2]);
});
