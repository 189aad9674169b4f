import { expect, test } from 'vitest';
import type { NewJob } from '../../src/api/job-client.js';
import { JOB_TYPE } from '../../src/api/parse-run-request.js';
import type { Job } from '../../src/job.js';
import { acceptingJobs, KEY, startApp } from './start-app.js';

/** Sends a body to a language's path; answers with what was started, and what was told. */
async function run(type: string | undefined, body: string, language = 'python') {
  const started: Omit<NewJob, 'caller'>[] = [];
  const url = await startApp({
    jobs: {
      ...acceptingJobs,
      run: async ({ caller: _, ...job }) => {
        started.push(job);
        return { jobId: 'x', result: { status: 'completed', stdout: 'ran', stderr: '' } } as Job;
      },
    },
  });
  const response = await fetch(`${url}/lang/${language}`, {
    method: 'POST',
    headers: { 'X-API-Key': KEY, ...(type === undefined ? {} : { 'Content-Type': type }) },
    body: Buffer.from(body),
  });
  return { started, status: response.status, told: await response.text() };
}

const JOB = JSON.stringify({ code: 'print(1)', stdin: '3 4', language: 'py' });

test.each([
  undefined,
  'text/plain',
  'application/json',
  'application/x-www-form-urlencoded',
  'application/vnd.braindrill.job',
  'application/vnd.braindrill.job+json2',
  `text/plain; a=${JOB_TYPE}`,
  `, ${JOB_TYPE}`,
])('a body of type %s is source, as it always was', async (type) => {
  const { status, told, started } = await run(type, JOB);
  expect([status, told]).toEqual([200, 'ran']);
  expect(started).toMatchObject([{ code: JOB, language: { id: 'python' }, kind: 'sync' }]);
  expect(started[0]).not.toHaveProperty('stdin');
});

test.each([JOB_TYPE, `${JOB_TYPE}; charset=utf-8`, JOB_TYPE.toUpperCase()])(
  'a body of type %s is a job, whose language is the path’s',
  async (type) => {
    for (const language of ['Python', 'python3']) {
      const { started } = await run(type, JOB, language);
      expect(started).toMatchObject([
        { code: 'print(1)', stdin: '3 4', language: { id: 'python' }, kind: 'sync' },
      ]);
    }
    const { started } = await run(type, '{"code": "print(1)", "runs": [{}]}');
    expect(started).toMatchObject([{ code: 'print(1)', runs: [{}], language: { id: 'python' } }]);
  },
);

const INVALID = "Invalid request body. Expected JSON with 'code' and 'language' fields.";

test.each([
  ['no JSON', 'print(1)', 400, INVALID],
  ['a list', '[]', 400, INVALID],
  ['no code', '{"stdin": "x"}', 400, INVALID],
  ['a number for the language', '{"code": "1", "language": 1}', 400, INVALID],
  ['another language', '{"code": "1", "language": "ruby"}', 400, "language: ruby is not the path's, python"],
  [
    'no known language',
    '{"code": "1", "language": "klingon"}',
    400,
    "language: klingon is not the path's, python",
  ],
  ['an unknown field', '{"code": "1", "cpus": 4}', 400, 'Invalid request body. Unrecognized key: "cpus".'],
  ['empty code', '{"code": " "}', 400, 'Code cannot be empty'],
  ['a raised limit', '{"code": "1", "time_limit_ms": 60000}', 400, 'time_limit_ms: at most 5000 for python'],
  [
    'too much',
    `{"code": "1", "stdin": "${'x'.repeat(9 * 2 ** 20)}"}`,
    400,
    'Job exceeds maximum of 9216 KB as JSON',
  ],
  ['far too much', ' '.repeat(10 * 2 ** 20 + 1), 413, 'Request body exceeds maximum of 10485760 bytes'],
])('a job with %s is refused as POST /jobs would, and not started', async (_, body, status, text) => {
  const answer = await run(JOB_TYPE, body);
  expect([answer.status, answer.told.slice(0, text.length), answer.started]).toEqual([status, text, []]);
});

test('a language that is not known is told of the path', async () => {
  const { status, told } = await run(JOB_TYPE, '{"code": "1", "language": "ruby"}', 'klingon');
  expect([status, told.slice(0, 30)]).toEqual([400, 'Unsupported language: klingon.']);
});
