import type { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import {
  type ClusterLoad,
  createApiMetrics,
  createRunnerMetrics,
  type PayloadsHeld,
} from '../src/metrics.js';

const LANGUAGES = [{ id: 'java' }, { id: 'python' }];
const LOAD: ClusterLoad = {
  slots: 6,
  active: new Map([
    ['java', 0],
    ['python', 4],
  ]),
  queued: new Map([
    ['java', 0],
    ['python', 3],
  ]),
};

const HELD: PayloadsHeld = { bytes: 700, mostBytes: 1000 };

const createApi = (load: ClusterLoad | undefined = LOAD) =>
  createApiMetrics(
    LANGUAGES,
    async () => load,
    async () => HELD,
  );

/** Name, type, labels and help of the families that are ours. */
function families(registry: Registry, prefix: RegExp): string[][] {
  const metrics = registry.getMetricsAsArray() as unknown as Record<string, string | string[]>[];
  return metrics
    .map(
      ({ name, type, labelNames, help }) => [name, type, (labelNames as string[]).join(), help] as string[],
    )
    .filter(([name]) => prefix.test(name as string));
}

test('an API has the contract’s ten families, the payload store’s two, and no other of ours', () => {
  expect(families(createApi().registry, /^(?!process_|nodejs_)/)).toEqual([
    ['braindrill_requests_total', 'counter', 'language,status', 'Total number of code execution requests'],
    ['braindrill_execution_duration_seconds', 'histogram', 'language', 'Code execution duration in seconds'],
    ['braindrill_active_executions', 'gauge', 'language', 'Number of currently active code executions'],
    ['braindrill_auth_failures_total', 'counter', '', 'Total number of authentication failures'],
    ['braindrill_rate_limit_hits_total', 'counter', 'api_key', 'Total number of rate limit hits'],
    [
      'braindrill_validation_errors_total',
      'counter',
      'error_type',
      'Total number of input validation errors',
    ],
    ['braindrill_worker_pool_size', 'gauge', '', 'Number of workers in the pool'],
    ['braindrill_queue_depth', 'gauge', 'language', 'Number of jobs waiting in queue'],
    ['braindrill_queued_jobs', 'gauge', 'language', 'Number of jobs in queued state'],
    ['braindrill_jobs_submitted_total', 'counter', 'language', 'Total number of jobs submitted'],
    [
      'braindrill_payload_store_bytes',
      'gauge',
      '',
      'Bytes of large jobs and results in the folder or bucket',
    ],
    ['braindrill_payload_store_max_bytes', 'gauge', '', 'Bytes that the folder or bucket may have'],
  ]);
});

test.each([
  ['an API', () => createApi().registry],
  ['a runner', () => createRunnerMetrics().registry],
])('%s has the process’s metrics, without those that promtool refuses', (_, registry) => {
  const names = families(registry(), /^(process|nodejs)_/).map(([name]) => name);
  expect(names).toContain('process_cpu_seconds_total');
  expect(names).toContain('nodejs_eventloop_lag_seconds');
  expect(names.filter((name) => /^nodejs_active_\w+_total$/.test(name as string))).toEqual([]);
});

test('all that a runner adds is the runner’s by name', () => {
  const ours = families(createRunnerMetrics().registry, /^(?!process_|nodejs_)/);
  expect(ours.length).toBeGreaterThan(0);
  for (const [name] of ours) expect(name).toMatch(/^braindrill_runner_/);
});

test('gauges tell what Temporal tells', async () => {
  const text = await createApi().registry.metrics();
  expect(text).toContain('\nbraindrill_worker_pool_size 6\n');
  expect(text).toContain('\nbraindrill_active_executions{language="python"} 4\n');
  expect(text).toContain('\nbraindrill_active_executions{language="java"} 0\n');
  expect(text).toContain('\nbraindrill_queue_depth{language="python"} 3\n');
  expect(text).toContain('\nbraindrill_queued_jobs{language="python"} 3\n');
});

test('gauges are left out while Temporal does not answer, and come back', async () => {
  let load: ClusterLoad | undefined = LOAD;
  const { registry } = createApiMetrics(
    LANGUAGES,
    async () => load,
    async () => undefined,
  );
  const gauges = /^braindrill_(worker_pool_size|active_executions|queue_depth|queued_jobs)\b/gm;
  expect((await registry.metrics()).match(gauges)).toHaveLength(7);
  load = undefined;
  expect((await registry.metrics()).match(gauges)).toBeNull();
  load = LOAD;
  expect((await registry.metrics()).match(gauges)).toHaveLength(7);
});

test('the payload store’s gauges tell what it has and may have, and are left out when it cannot be read', async () => {
  let held: PayloadsHeld | undefined = HELD;
  const { registry } = createApiMetrics(
    LANGUAGES,
    async () => undefined,
    async () => held,
  );
  const told = async () => (await registry.metrics()).match(/^braindrill_payload_store\w* \d+$/gm);
  expect(await told()).toEqual([
    'braindrill_payload_store_bytes 700',
    'braindrill_payload_store_max_bytes 1000',
  ]);
  held = undefined;
  expect(await told()).toBeNull();
});

test('counters of every language are there from the start, at zero', async () => {
  const text = await createApi().registry.metrics();
  for (const { id } of LANGUAGES) {
    for (const status of ['success', 'failure', 'error'])
      expect(text).toContain(`\nbraindrill_requests_total{language="${id}",status="${status}"} 0\n`);
    expect(text).toContain(`\nbraindrill_jobs_submitted_total{language="${id}"} 0\n`);
    expect(text).toContain(`\nbraindrill_execution_duration_seconds_count{language="${id}"} 0\n`);
  }
});

test('the contract’s buckets are there', async () => {
  const text = await createApi().registry.metrics();
  for (const le of [0.1, 0.5, 1, 2, 5, 10])
    expect(text).toContain(`braindrill_execution_duration_seconds_bucket{le="${le}",language="java"}`);
});

test('two registries share nothing', async () => {
  const [one, other] = [createApi(), createApi()];
  one.authFailures.inc();
  expect(await one.registry.metrics()).toContain('\nbraindrill_auth_failures_total 1\n');
  expect(await other.registry.metrics()).toContain('\nbraindrill_auth_failures_total 0\n');
});
