// What Temporal shows of a job: events, queries, attributes, and what cancelling does.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobResult } from '../../src/job.js';
import { JOBS_QUEUE, RUN_JOB } from '../../src/temporal-names.js';
import {
  busyContainers,
  checkLeaksAfterEach,
  expectNoPrograms,
  hasEnded,
  KEY,
  request,
  runCode,
  service,
  submit,
  untilJob,
} from './service.js';

checkLeaksAfterEach();

let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await Connection.connect({ address: service.temporalAddress });
  client = new Client({ connection });
});
afterAll(() => connection.close());

/** Names of a job's events, in order, as the Web UI shows them. A waiting caller is answered before the last are written. */
async function eventsOf(id: string): Promise<string[]> {
  const handle = client.workflow.getHandle(id);
  await handle.result();
  const { events } = await handle.fetchHistory();
  return (events ?? []).map(({ eventType }) => EVENT_NAMES[eventType as number] ?? `${eventType}`);
}

const EVENT_NAMES: Record<number, string> = {
  1: 'WorkflowExecutionStarted',
  2: 'WorkflowExecutionCompleted',
  3: 'WorkflowExecutionFailed',
  5: 'WorkflowTaskScheduled',
  6: 'WorkflowTaskStarted',
  7: 'WorkflowTaskCompleted',
  10: 'ActivityTaskScheduled',
  11: 'ActivityTaskStarted',
  12: 'ActivityTaskCompleted',
  25: 'MarkerRecorded',
  26: 'WorkflowExecutionSignaled',
  40: 'UpsertWorkflowSearchAttributes',
};

/** The documented events of a plain job, and no more. */
const PLAIN_EVENTS = [
  'WorkflowExecutionStarted',
  'WorkflowTaskScheduled',
  'WorkflowTaskStarted',
  'WorkflowTaskCompleted',
  'MarkerRecorded',
  'ActivityTaskScheduled',
  'ActivityTaskStarted',
  'ActivityTaskCompleted',
  'WorkflowTaskScheduled',
  'WorkflowTaskStarted',
  'WorkflowTaskCompleted',
  'MarkerRecorded',
  'UpsertWorkflowSearchAttributes',
  'WorkflowExecutionCompleted',
];

test('a plain job has the documented events and no more', async () => {
  const job = await runCode('perl', 'print "hi"');
  expect(await eventsOf(job.job_id)).toEqual(PLAIN_EVENTS);
});

test('a job that runs longer than a moment has one signal and one workflow task more', async () => {
  const job = await runCode('perl', 'sleep 1; print "hi"');
  const extra = [
    'WorkflowExecutionSignaled',
    'WorkflowTaskScheduled',
    'WorkflowTaskStarted',
    'WorkflowTaskCompleted',
    'UpsertWorkflowSearchAttributes',
  ];
  const events = await eventsOf(job.job_id);
  expect(events.toSorted()).toEqual([...PLAIN_EVENTS, ...extra].toSorted());
});

test('a job reads well: its summary, its activity’s, its attributes', async () => {
  const job = await runCode('python', 'print("hi")');
  const handle = client.workflow.getHandle(job.job_id);
  await handle.result();
  const description = await handle.describe();
  expect(await description.staticSummary()).toBe('python · 11 B · sync');
  const attributes = Object.fromEntries(
    description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
  );
  expect(attributes).toMatchObject({
    JobLanguage: 'python',
    JobStatus: 'completed',
    JobOwner: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(attributes.JobDurationMs).toBe(job.execution_duration_ms);
  expect(JSON.stringify(await handle.fetchHistory())).not.toContain(KEY);
});

test('the CLI’s queries answer while a job runs and after it', { timeout: 60_000 }, async () => {
  const id = await submit('python', 'import time; time.sleep(3); print("done")');
  await untilJob(id, ({ status }) => status === 'running');
  await sleep(600);
  expect(await query(id, 'status')).toContain('running');
  await untilJob(id, hasEnded);
  expect(await query(id, 'status')).toContain('completed');
  expect(await query(id, 'result')).toContain('done');
  // The SDK's own way to run workflows would answer, and cost each job a fourth of its time in the API.
  await expect(query(id, '__stack_trace')).rejects.toThrow('stack traces are not enabled');
});

async function query(id: string, type: string): Promise<string> {
  const { temporalExecutable, temporalAddress } = service;
  const args = ['workflow', 'query', '--address', temporalAddress, '-w', id, '--type', type];
  return (await promisify(execFile)(temporalExecutable, args)).stdout;
}

test('a caller who goes away cancels the job, and its container dies within a second', async () => {
  const gone = new AbortController();
  const { apiUrl } = service;
  const answer = fetch(`${apiUrl}/lang/python`, {
    method: 'POST',
    body: 'import time\nwhile True: time.sleep(0.1)',
    headers: { 'X-API-Key': KEY },
    signal: gone.signal,
  });
  answer.catch(() => {});
  while ((await busyContainers()).length === 0) await sleep(20);
  await sleep(500);
  const goneAt = Date.now();
  gone.abort();
  await expectNoPrograms(service.runnerName, 1_000);
  expect(Date.now() - goneAt).toBeLessThan(1_500);
  const list = (await (await request('/jobs?limit=1')).json()) as { jobs: { job_id: string }[] };
  const job = await untilJob(list.jobs[0]?.job_id as string, hasEnded);
  expect(job).toMatchObject({ status: 'failed', reason: 'cancelled', error: 'The job was cancelled' });
});

test('a job can be started from Temporal’s side, with the same rules', async () => {
  const start = (input: object) =>
    client.workflow.start(RUN_JOB, {
      taskQueue: JOBS_QUEUE,
      workflowId: `cli-${Date.now()}-${Math.random()}`,
      args: [input],
    });
  const good: JobResult = await (await start({ code: 'print(6 * 7)', language: 'py' })).result();
  expect(good).toMatchObject({ status: 'completed', stdout: '42\n' });
  const bad = await start({ code: 'print(1)', language: 'klingon' });
  await expect(bad.result()).rejects.toThrow();
  const failure = await bad.describe();
  expect(failure.status.name).toBe('FAILED');
});

test('a terminated job is told as the platform’s fault, and its container goes', async () => {
  const id = await submit('python', 'import time; time.sleep(4)');
  await untilJob(id, ({ status }) => status === 'running');
  await client.workflow.getHandle(id).terminate('by a test');
  const job = await untilJob(id, hasEnded);
  expect(job).toMatchObject({ status: 'failed', reason: 'platform', error: 'something went wrong' });
  await expectNoPrograms(service.runnerName, 3_000);
});
