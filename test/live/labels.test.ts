// What callers write on their jobs: told back, searched by, and kept in Temporal only.
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedJobSchema, jobBodySchema, jobListSchema } from '../../src/api/job-schemas.js';
import { JOB_LABELS, JOBS_QUEUE, RUN_JOB, toLabels } from '../../src/temporal-names.js';
import { expectNoPrograms, getJob, hasEnded, OTHER_KEY, request, service, untilJob } from './service.js';

let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await Connection.connect({ address: service.temporalAddress });
  client = new Client({ connection });
});
afterAll(async () => {
  await connection.close();
  await expectNoPrograms();
});

async function submit(labels: object | undefined, code = 'print 1'): Promise<string> {
  const response = await request('/jobs', { body: JSON.stringify({ language: 'perl', code, labels }) });
  expect(response.status, await response.clone().text()).toBe(200);
  return acceptedJobSchema.parse(await response.json()).job_id;
}

async function find(labels: string[], key?: string): Promise<string[]> {
  const query = labels.map((label) => `label=${encodeURIComponent(label)}`).join('&');
  const response = await request(`/jobs?${query}`, key === undefined ? {} : { key });
  expect(response.status, await response.clone().text()).toBe(200);
  const { jobs, pagination } = jobListSchema.parse(await response.json());
  expect(pagination.total).toBe(jobs.length);
  return jobs.map(({ job_id }) => job_id).toSorted();
}

/** Ids that Temporal's store itself finds. */
async function findInStore(query: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) found.push(workflowId);
  return found.toSorted();
}

const batch = `batch-${Date.now()}`;
const NOTE = `it's "red" \\ %27 \u2661; DROP é\n`;

test('labels are told back while the job runs and after it, and of a job without any: {}', async () => {
  const labels = { batch, 'a.b-c_d': NOTE, empty: '' };
  const id = await submit(labels, 'sleep 1');
  expect((await getJob(id)).labels).toEqual(labels);
  expect((await untilJob(id, hasEnded)).labels).toEqual(labels);
  const description = await client.workflow.getHandle(id).describe();
  expect(toLabels(description.typedSearchAttributes.get(JOB_LABELS))).toEqual(labels);
  const plain = await request('/lang/perl', { body: 'print 1', headers: { Accept: 'application/json' } });
  expect(jobBodySchema.parse(await plain.json()).labels).toEqual({});
});

test('the list has the jobs with all the labels that are asked for, the caller’s own only', async () => {
  const mine = { batch: `${batch}-list` };
  const [red, blue] = [
    await submit({ ...mine, team: 'red' }),
    await submit({ ...mine, team: 'blue', note: NOTE }),
  ];
  const both = [red, blue].toSorted();
  expect(await find([`batch=${mine.batch}`])).toEqual(both);
  expect(await find([`batch=${mine.batch}`, 'team=red'])).toEqual([red]);
  expect(await find([`batch=${mine.batch}`, 'team=Red'])).toEqual([]);
  expect(await find([`batch=${mine.batch}`], OTHER_KEY)).toEqual([]);
  await untilJob(red, hasEnded);
  await untilJob(blue, hasEnded);
  expect(await find([`note=${NOTE}`, `batch=${mine.batch}`])).toEqual([blue]);
  // The store, too, finds them by each of their labels, marks and all.
  await expect
    .poll(() => findInStore(`JobLabels = 'batch=${mine.batch}'`), { timeout: 10_000 })
    .toEqual(both);
  const note = (await client.workflow.getHandle(blue).describe()).typedSearchAttributes.get(JOB_LABELS)?.[2];
  expect(note).toMatch(/^note=/);
  expect(await findInStore(`JobLabels = '${note}' AND JobLabels = 'batch=${mine.batch}'`)).toEqual([blue]);
});

test('a job that came past the API gets them, too', async () => {
  const handle = await client.workflow.start(RUN_JOB, {
    taskQueue: JOBS_QUEUE,
    workflowId: `${batch}-cli`,
    args: [{ code: 'print 1', language: 'perl', labels: { batch: `${batch}-cli`, note: NOTE } }],
  });
  await handle.result();
  const attributes = (await handle.describe()).typedSearchAttributes;
  expect(toLabels(attributes.get(JOB_LABELS))).toEqual({ batch: `${batch}-cli`, note: NOTE });
  await expect
    .poll(() => findInStore(`JobLabels = 'batch=${batch}-cli'`), { timeout: 10_000 })
    .toEqual([handle.workflowId]);
});

const large = (names: number, bytes: number) =>
  Object.fromEntries(Array.from({ length: names }, (_, n) => [`n${n}`, 'x'.repeat(bytes)]));

test('as many and as large as they may be are taken', async () => {
  for (const labels of [large(16, 100), { ['n'.repeat(63)]: 'x'.repeat(255) }, { a: 'é'.repeat(127) }]) {
    const id = await submit(labels);
    expect((await untilJob(id, hasEnded)).labels).toEqual(labels);
  }
});

const INVALID = 'Invalid request body. ';
const NAME = 'must be a name of at most 63 letters, digits, _, . and -';

test.each<[string, unknown, string]>([
  ['17', large(17, 1), `${INVALID}labels: must have at most 16 names.`],
  ['a long value', { a: 'x'.repeat(256) }, `${INVALID}labels.a: must have at most 255 bytes.`],
  [
    'a long value in another alphabet',
    { a: 'é'.repeat(128) },
    `${INVALID}labels.a: must have at most 255 bytes.`,
  ],
  ['too much together', large(16, 200), `${INVALID}labels: must have at most 2048 bytes together`],
  ['an empty name', { '': 'x' }, `${INVALID}labels.: ${NAME}.`],
  ['a name with =', { 'a=b': 'x' }, `${INVALID}labels.a=b: ${NAME}.`],
  ['a name with a space', { 'a b': 'x' }, `${INVALID}labels.a b: ${NAME}.`],
  ['a name of 64 letters', { ['n'.repeat(64)]: 'x' }, `${INVALID}labels.${'n'.repeat(64)}`],
  ['a number', { a: 1 }, `${INVALID}labels.a: Invalid input: expected string, received number.`],
  ['a list', ['a'], `${INVALID}labels: Invalid input: expected record, received array.`],
  ['half a character', { a: '\ud800' }, `${INVALID}labels.a: must be valid Unicode.`],
])('%s is refused', async (_, labels, text) => {
  const response = await request('/jobs', { body: JSON.stringify({ language: 'perl', code: '1', labels }) });
  expect([response.status, (await response.text()).slice(0, text.length)]).toEqual([400, text]);
});

test.each([
  ['label=red', '"red" is no name=value of a label'],
  ['label==red', '"=red" is no name=value of a label'],
  ['label=a%20b=c', '"a b=c" is no name=value of a label'],
  [`label=a=${'x'.repeat(256)}`, '"a=xxx'],
  [Array.from({ length: 17 }, (_, n) => `label=a=${n}`).join('&'), '["a=0","a=1"'],
])('a list by the label %s is refused', async (query, text) => {
  const response = await request(`/jobs?${query}`);
  const told = await response.text();
  const expected = `The query parameter 'label' was malformed: ${text}`;
  expect([response.status, told.slice(0, expected.length)]).toEqual([400, expected]);
});
