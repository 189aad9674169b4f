// Metrics are true: jobs whose outcomes are known run, and the counters and gauges are compared with them.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Client, Connection } from '@temporalio/client';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { promtool } from './promtool.js';
import { growth, type Scrape, scrape, total, untilScrape } from './scrape.js';
import {
  busyContainers,
  checkLeaksAfterEach,
  docker,
  hasEnded,
  request,
  runCode,
  service,
  submit,
  untilJob,
} from './service.js';

checkLeaksAfterEach();

const FAMILIES = [
  'requests_total counter',
  'execution_duration_seconds histogram',
  'active_executions gauge',
  'auth_failures_total counter',
  'rate_limit_hits_total counter',
  'validation_errors_total counter',
  'worker_pool_size gauge',
  'queue_depth gauge',
  'queued_jobs gauge',
  'jobs_submitted_total counter',
];

const PYTHON = '{language="python"}';
const api = () => scrape(service.apiUrl);

/** Where the runner of the tests tells its metrics; its log has the port. */
function runnerUrl(): string {
  const log = readFileSync(`${service.dataFolder}/runner.log`, 'utf8');
  const port = [...log.matchAll(/"metricsPort":(\d+)/g)].at(-1)?.[1];
  return `http://127.0.0.1:${port}`;
}

const untilProgramRuns = () =>
  untilScrape(runnerUrl(), ({ values }) => values.get(`braindrill_runner_running_programs${PYTHON}`) === 1);

test('GET /metrics needs no key, and has the ten families and the process’s own', async () => {
  const response = await request('/metrics', { key: null });
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const text = await response.text();
  for (const family of FAMILIES) expect(text).toContain(`\n# TYPE braindrill_${family}\n`);
  expect(text).toContain('\n# TYPE process_cpu_seconds_total counter\n');
  expect(text).toContain('\n# TYPE nodejs_eventloop_lag_seconds gauge\n');
});

test('other methods on /metrics are refused', async () => {
  const response = await request('/metrics', { method: 'POST', key: null });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
});

test('jobs are counted by language and outcome, sync and async, with the time that they ran', async () => {
  const before = await api();
  await runCode('python', 'import time; time.sleep(0.3)');
  await untilJob(await submit('python', 'print(1)'), hasEnded);
  await runCode('python', 'import sys; sys.exit(3)');
  await runCode('python', 'x = bytearray(200_000_000)');
  await runCode('perl', 'while (1) {}');
  const after = await api();
  expect(growth(before, after, 'braindrill_requests_total')).toEqual({
    '{language="python",status="success"}': 2,
    '{language="python",status="failure"}': 2,
    '{language="perl",status="failure"}': 1,
  });
  expect(growth(before, after, 'braindrill_jobs_submitted_total')).toEqual({
    [PYTHON]: 4,
    '{language="perl"}': 1,
  });
  expect(growth(before, after, 'braindrill_execution_duration_seconds_count')).toEqual({
    [PYTHON]: 4,
    '{language="perl"}': 1,
  });
  const seconds = growth(before, after, 'braindrill_execution_duration_seconds_sum');
  expect(seconds[PYTHON]).toBeGreaterThan(0.3);
  expect(seconds['{language="perl"}']).toBeGreaterThan(2.9);
  expect(seconds['{language="perl"}']).toBeLessThan(4);
});

test('a job whose caller goes away is a failure, not an error', async () => {
  const before = await api();
  const controller = new AbortController();
  const answer = fetch(`${service.apiUrl}/lang/python`, {
    method: 'POST',
    headers: { 'X-API-Key': 'dev-key-12345' },
    body: 'import time; time.sleep(4)',
    signal: controller.signal,
  });
  await untilScrape(service.apiUrl, (now) => now.values.get(`braindrill_active_executions${PYTHON}`) === 1);
  controller.abort();
  await expect(answer).rejects.toThrow();
  const counted = (now: Scrape) => growth(before, now, 'braindrill_requests_total');
  const after = await untilScrape(service.apiUrl, (now) => Object.keys(counted(now)).length > 0);
  expect(counted(after)).toEqual({ '{language="python",status="failure"}': 1 });
});

test('a job that came past the API counts, an invalid one as an error of an unknown language', async () => {
  const before = await api();
  const connection = await Connection.connect({ address: service.temporalAddress });
  const client = new Client({ connection });
  const start = (workflowId: string, language: string) =>
    client.workflow.execute('runJob', {
      workflowId: `${workflowId}-${Date.now()}`,
      taskQueue: 'jobs',
      args: [{ code: 'print(1)', language }],
    });
  await start('valid', 'python');
  await expect(start('invalid', 'no-such-language')).rejects.toThrow();
  await connection.close();
  expect(growth(before, await api(), 'braindrill_requests_total')).toEqual({
    '{language="python",status="success"}': 1,
    '{language="unknown",status="error"}': 1,
  });
});

test('requests without a valid key are counted', async () => {
  const before = await api();
  for (const key of [null, 'wrong']) await request('/lang/python', { key, body: 'print(1)' });
  await request('/jobs', { key: 'wrong' });
  expect(growth(before, await api(), 'braindrill_auth_failures_total')).toEqual({ '': 3 });
});

test('each refusal of validation is counted by its type, and nothing else is', async () => {
  const job = (code: unknown, more = {}) => JSON.stringify({ code, language: 'python', ...more });
  const refused: [type: string, path: string, body: string | Buffer, headers?: Record<string, string>][] = [
    ['unsupported_language', '/lang/klingon', 'x'],
    ['code_size_bytes', '/lang/python', 'x'.repeat(110_000)],
    ['code_size_chars', '/lang/python', 'x'.repeat(50_001)],
    ['empty_code', '/lang/python', ' '],
    ['dangerous_pattern', '/lang/python', 'rm -rf'],
    ['invalid_encoding', '/lang/python', Buffer.from([0xff])],
    ['malformed_body', '/lang/python', gzipSync('x').subarray(0, 9), { 'Content-Encoding': 'gzip' }],
    ['malformed_body', '/lang/python', 'x', { 'Content-Encoding': 'nonsense' }],
    ['malformed_body', '/jobs', '{'],
    ['malformed_body', '/jobs', '{"code": "x"}'],
    ['malformed_body', '/jobs', job('x', { colour: 'red' })],
    ['empty_code', '/jobs', job('')],
    ['invalid_encoding', '/jobs', job('\ud800')],
    ['body_too_large', '/jobs', job('x'.repeat(10_500_000))],
    ['job_size', '/jobs', job('x', { stdin: 'x'.repeat(9_500_000) })],
    ['no_entrypoint', '/jobs', job('x', { entrypoint: 'x.py' })],
    ['not_for_language', '/jobs', job('x', { compile_flags: ['-x'] })],
    ['raised_limit', '/jobs', job('x', { time_limit_ms: 60_000 })],
    ['file_clash', '/jobs', job('x', { files: [{ path: 'main.py', content: '' }] })],
  ];
  const before = await api();
  for (const [, path, body, headers] of refused) {
    const { status } = await request(path, {
      body: new Uint8Array(Buffer.from(body)),
      ...(headers && { headers }),
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
  const expected: Record<string, number> = {};
  for (const [type] of refused) {
    const label = `{error_type="${type}"}`;
    expected[label] = (expected[label] ?? 0) + 1;
  }
  const after = await api();
  expect(growth(before, after, 'braindrill_validation_errors_total')).toEqual(expected);
  expect(growth(before, after, 'braindrill_requests_total')).toEqual({});
  expect(growth(before, after, 'braindrill_jobs_submitted_total')).toEqual({});
});

test('a job that runs is active, on the API and on its runner, and then no more', async () => {
  const id = await submit('python', 'import time; time.sleep(4)');
  const active = (value: number) => (now: Scrape) =>
    now.values.get(`braindrill_active_executions${PYTHON}`) === value;
  await untilProgramRuns();
  await untilScrape(service.apiUrl, active(1), 3_000);
  expect(total(await api(), 'braindrill_active_executions')).toBe(1);
  await untilJob(id, hasEnded);
  await untilScrape(service.apiUrl, active(0), 3_000);
  expect(total(await scrape(runnerUrl()), 'braindrill_runner_running_programs')).toBe(0);
});

test('when all slots are taken the others wait in the queue, and are counted', async () => {
  const runner = await scrape(runnerUrl());
  const slots = runner.values.get(`braindrill_runner_slots${PYTHON}`) as number;
  expect(total(await api(), 'braindrill_worker_pool_size')).toBe(total(runner, 'braindrill_runner_slots'));
  const waiting = 3;
  const jobs = Array.from({ length: slots + waiting }, () => submit('python', 'import time; time.sleep(3)'));
  const ids = await Promise.all(jobs);
  const full = await untilScrape(
    service.apiUrl,
    ({ values }) =>
      values.get(`braindrill_active_executions${PYTHON}`) === slots &&
      values.get(`braindrill_queue_depth${PYTHON}`) === waiting,
    3_000,
  );
  expect(full.values.get(`braindrill_queued_jobs${PYTHON}`)).toBe(waiting);
  expect(total(full, 'braindrill_queue_depth')).toBe(waiting);
  for (const id of ids) await untilJob(id, hasEnded);
  const empty = (family: string) => (now: Scrape) => total(now, family) === 0;
  await untilScrape(service.apiUrl, empty('braindrill_queue_depth'), 3_000);
  await untilScrape(service.apiUrl, empty('braindrill_active_executions'), 3_000);
});

test('a runner tells the parts of a container’s life, and what Docker did to it', async () => {
  const before = await scrape(runnerUrl());
  await runCode('python', 'print(1)');
  const id = await submit('python', 'import time; time.sleep(2)');
  await untilProgramRuns();
  const [name] = await busyContainers();
  await docker.getContainer((name as string).slice(1)).remove({ force: true });
  expect(await untilJob(id, hasEnded)).toMatchObject({ status: 'completed', attempt: 2 });
  const phases = (now: Scrape) => growth(before, now, 'braindrill_runner_container_phase_seconds_count');
  const after = await untilScrape(runnerUrl(), (now) => (phases(now)['{phase="remove"}'] ?? 0) >= 1);
  expect(phases(after)).toMatchObject({ '{phase="start"}': 3, '{phase="cores"}': 3, '{phase="run"}': 2 });
  const taken = growth(before, after, 'braindrill_runner_containers_taken_total');
  expect(Object.values(taken).reduce((sum, count) => sum + count)).toBe(3);
  const waiting = 'braindrill_runner_waiting_containers{language="python",for="caller"}';
  await untilScrape(runnerUrl(), ({ values }) => (values.get(waiting) ?? 0) >= 1);
  expect(growth(before, after, 'braindrill_runner_container_failures_total')).toEqual({
    '{type="ContainerLost"}': 1,
  });
});

test.each([
  ['the API', () => service.apiUrl],
  ['the runner', runnerUrl],
])('promtool finds nothing to say about the metrics of %s', { timeout: 300_000 }, async (_, url) => {
  const { text } = await scrape(url());
  expect(await promtool(['check', 'metrics'], text)).toEqual({ code: 0, printed: '' });
});

test.each([
  ['scrape config', ['check', 'config', 'prometheus.yaml']],
  ['alerts', ['check', 'rules', 'alerts.yaml']],
  ['alerts as they fire', ['test', 'rules', 'alerts.test.yaml']],
])('promtool accepts the %s', { timeout: 300_000 }, async (_, args) => {
  const files = args.map((word) => (word.endsWith('.yaml') ? `${PROJECT_ROOT}/monitoring/${word}` : word));
  const { code, printed } = await promtool(files);
  expect(code, printed).toBe(0);
  expect(printed).toContain('SUCCESS');
});
