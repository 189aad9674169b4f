// Jobs with more than their code that somebody waits for: POST /lang with a job as its body.
import { afterAll, expect, test } from 'vitest';
import { jobBodySchema } from '../../src/api/job-schemas.js';
import { JOB_TYPE } from '../../src/api/parse-run-request.js';
import { expectNoPrograms, request } from './service.js';

afterAll(() => expectNoPrograms());

const post = (language: string, job: object, headers: Record<string, string> = {}) =>
  request(`/lang/${language}`, {
    body: JSON.stringify(job),
    headers: { 'Content-Type': JOB_TYPE, ...headers },
  });

const CODE = 'import sys, lib\nprint(lib.total(input().split()), sys.argv[1])';
const JOB = {
  code: CODE,
  stdin: '20 22\n',
  args: ['meters'],
  files: [{ path: 'lib.py', content: 'def total(words): return sum(map(int, words))' }],
  labels: { course: 'cs101' },
};

test('the program has its input, arguments and files, and the answer is plain text as ever', async () => {
  const response = await post('py', JOB);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  expect([response.status, await response.text()]).toEqual([200, '42 meters\n']);
});

test('with Accept: application/json the answer is the whole job', async () => {
  const response = await post('python', { ...JOB, language: 'python3' }, { Accept: 'application/json' });
  const job = jobBodySchema.parse(await response.json());
  expect(job).toMatchObject({ status: 'completed', language: 'python', stdout: '42 meters\n' });
  expect(job.labels).toEqual({ course: 'cs101' });
});

test('of several runs the plain text is that of the one which speaks for the job', async () => {
  const runs = [{ stdin: '1 2' }, { stdin: '3 4', expected_output: '8' }, { stdin: '5 6' }];
  const job = { code: 'print(sum(map(int, input().split())))', runs };
  expect(await (await post('python', job)).text()).toBe('7\n');
});

test('the same body of any other type is source', async () => {
  const json = JSON.stringify({ code: 'print(1)' });
  const headers = { 'Content-Type': 'application/json' };
  expect(await (await request('/lang/javascript', { body: `(${json})`, headers })).text()).toBe('');
  expect(await (await request('/lang/python', { body: `print(${json})`, headers })).text()).toBe(
    "{'code': 'print(1)'}\n",
  );
});
