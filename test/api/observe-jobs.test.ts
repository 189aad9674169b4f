import { expect, test } from 'vitest';
import { observeJobs, toOutcome } from '../../src/api/observe-jobs.js';
import { createFinishedJobs } from '../../src/finished-jobs.js';
import type { FailureReason, FinishedJob, JobStatus } from '../../src/job.js';
import { createApiMetrics } from '../../src/metrics.js';

const LANGUAGES = [{ id: 'python' }];

function createObserver() {
  const metrics = createApiMetrics(
    LANGUAGES,
    async () => undefined,
    async () => undefined,
  );
  const observe = observeJobs(metrics, LANGUAGES, createFinishedJobs());
  const lines = async () =>
    (await metrics.registry.metrics())
      .split('\n')
      .filter((line) => /^braindrill_(requests_total|execution_duration_seconds_(count|sum))/.test(line))
      .filter((line) => !line.endsWith(' 0'));
  return { observe, lines };
}

function finished(
  jobId: string,
  over: Partial<FinishedJob['result']> = {},
  language = 'python',
): FinishedJob {
  const nothing = {
    verdict: null,
    runs: null,
    runsStopped: null,
    exitCode: 0,
    signal: null,
    cpuTimeMs: 1,
    memoryBytes: 1,
    compile: null,
    artifacts: null,
    host: 'a',
  };
  const times = { startedAt: '2026-01-01T00:00:00.000Z', completedAt: '2026-01-01T00:00:01.500Z' };
  const result: FinishedJob['result'] = {
    ...{ status: 'completed', reason: null, stdout: '', stderr: '', truncated: false, attempt: 1 },
    ...nothing,
    ...times,
    ...over,
  };
  return { jobId, language, owner: null, createdAt: times.startedAt, labels: {}, result };
}

test.each<[Exclude<JobStatus, 'queued' | 'running'>, FailureReason | null, string]>([
  ['completed', null, 'success'],
  ['timedout', null, 'failure'],
  ['failed', 'exit_code', 'failure'],
  ['failed', 'signal', 'failure'],
  ['failed', 'memory_limit', 'failure'],
  ['failed', 'output_limit', 'failure'],
  ['failed', 'compile_error', 'failure'],
  ['failed', 'cancelled', 'failure'],
  ['failed', 'platform', 'error'],
  ['failed', 'no_capacity', 'error'],
])('a job that is %s (%s) counts as %s', (status, reason, outcome) => {
  expect(toOutcome({ status, reason })).toBe(outcome);
});

test('a job is counted with the time that it ran, once', async () => {
  const { observe, lines } = createObserver();
  observe(finished('a'));
  observe(finished('a'));
  expect(await lines()).toEqual([
    'braindrill_requests_total{language="python",status="success"} 1',
    'braindrill_execution_duration_seconds_sum{language="python"} 1.5',
    'braindrill_execution_duration_seconds_count{language="python"} 1',
  ]);
});

test('what never ran, and what the platform broke, has no duration', async () => {
  const { observe, lines } = createObserver();
  observe(finished('a', { status: 'failed', reason: 'cancelled', startedAt: null }));
  observe(finished('b', { status: 'failed', reason: 'platform' }));
  expect(await lines()).toEqual([
    'braindrill_requests_total{language="python",status="failure"} 1',
    'braindrill_requests_total{language="python",status="error"} 1',
  ]);
});

test('a language that nobody configured is "unknown", whatever the job calls it', async () => {
  const { observe, lines } = createObserver();
  observe(finished('a', { status: 'failed', reason: 'platform' }, 'x'.repeat(1000)));
  observe(finished('b', { status: 'failed', reason: 'platform' }, 'y'));
  expect(await lines()).toEqual(['braindrill_requests_total{language="unknown",status="error"} 2']);
});
