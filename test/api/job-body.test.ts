import { expect, test } from 'vitest';
import { toJobBody } from '../../src/api/job-body.js';
import { jobBodySchema } from '../../src/api/job-schemas.js';
import type { Job, JobResult, TimedRunResult } from '../../src/job.js';

const result: JobResult = {
  status: 'completed',
  reason: null,
  verdict: null,
  runs: null,
  runsStopped: null,
  stdout: 'out\n',
  stderr: '',
  exitCode: 0,
  signal: null,
  truncated: false,
  cpuTimeMs: 12,
  memoryBytes: 1_000_000,
  compile: null,
  artifacts: null,
  attempt: 1,
  host: 'here',
  startedAt: '2025-01-15T10:30:01.000Z',
  completedAt: '2025-01-15T10:30:02.234Z',
};

const runOf = (stdout: string): TimedRunResult => ({
  ...{ status: 'completed', reason: null, verdict: null, stdout, stderr: 'e', exitCode: 0, signal: null },
  ...{ truncated: false, wallTimeMs: 5, cpuTimeMs: 4, memoryBytes: 3 },
});

const waiting: Job = {
  jobId: '550e8400-e29b-41d4-a716-446655440000',
  language: 'python',
  owner: 'somebody',
  createdAt: '2025-01-15T10:30:00.000Z',
  status: 'queued',
  startedAt: null,
  attempt: 1,
  labels: { course: 'cs101' },
  result: null,
};

const ended = (changes: Partial<JobResult>): Job => {
  const changed = { ...result, ...changes };
  return { ...waiting, status: changed.status, startedAt: changed.startedAt, result: changed };
};

const compile = { stdout: '', stderr: 'warning\n', exitCode: 0, wallTimeMs: 300, cached: true };

test.each<[string, Job, object]>([
  ['that waits', waiting, { output: null, error: null, started_at: null, queued_ms: null }],
  ['that is completed', ended({}), { output: 'out\n', error: null, execution_duration_ms: 1234 }],
  ['that printed errors only', ended({ stdout: '', stderr: 'e' }), { output: 'e', error: null }],
  ['with a compile step', ended({ compile }), { compile: { exit_code: 0, wall_time_ms: 300, cached: true } }],
  [
    'that failed silently',
    ended({ status: 'failed', reason: 'exit_code', exitCode: 3, stdout: '' }),
    { output: null, error: 'Process exited with code 3' },
  ],
  [
    'that got a signal',
    ended({ status: 'failed', reason: 'signal', exitCode: null, signal: 'SIGSEGV' }),
    { output: 'out\n', error: 'Process was terminated by signal SIGSEGV' },
  ],
  [
    'with several runs',
    ended({
      stdout: '',
      verdict: 'wrong_answer',
      runs: [runOf('1'), { ...runOf('2'), verdict: 'wrong_answer' }, runOf('3')],
    }),
    { output: '2', stdout: '2', stderr: 'e', verdict: 'wrong_answer', runs_stopped: null },
  ],
  [
    'with artifacts',
    ended({ artifacts: [{ path: 'a', content: 'x', encoding: 'utf8' }] }),
    { artifacts: [{ path: 'a', content: 'x', encoding: 'utf8' }] },
  ],
  [
    'that never ran',
    ended({ status: 'failed', reason: 'no_capacity', startedAt: null, cpuTimeMs: null, memoryBytes: null }),
    { error: 'something went wrong', execution_duration_ms: null },
  ],
])('a job %s has the body that the schema tells, in its order', (_, job, fields) => {
  const body = toJobBody(job);
  expect(body).toMatchObject(fields);
  // Parsing puts fields into the schema's order.
  expect(JSON.stringify(jobBodySchema.parse(body))).toBe(JSON.stringify(body));
});

test('the seed’s fields come first and in its order', () => {
  expect(Object.keys(jobBodySchema.shape).slice(0, 9)).toEqual([
    ...['job_id', 'language', 'status', 'output', 'error', 'created_at', 'started_at', 'completed_at'],
    'execution_duration_ms',
  ]);
});
