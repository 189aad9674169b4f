// Gauges tell of all runners, whichever API is asked; and an API is scraped whatever becomes of Temporal.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUNNER_LABEL } from '../../src/activities/container-options.js';
import { readinessSchema } from '../../src/api/member-schemas.js';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import { type NodeProcess, startNode } from '../../src/start-node.js';
import { startService } from '../../src/start-service.js';
import { reservePort } from '../../temporal/reserve-port.js';
import { testEnvironment } from './global-setup.js';
import { scrape, total, untilScrape } from './scrape.js';
import { docker, request, service } from './service.js';

const POOL = 'braindrill_worker_pool_size';
const GAUGES = [POOL, 'braindrill_active_executions', 'braindrill_queue_depth', 'braindrill_queued_jobs'];
const runnerName = `metrics-${process.pid}`;

let folder: string;
let temporalMetricsPort: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-metrics-'));
  temporalMetricsPort = await reservePort('127.0.0.1', 0, 'temporal.metrics-port');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One process more beside those that all live tests share. */
function start(script: string, more: NodeJS.ProcessEnv = {}): Promise<NodeProcess> {
  return startNode({
    script: `${PROJECT_ROOT}/dist/src/${script}.js`,
    environment: {
      ...testEnvironment(folder, runnerName),
      TEMPORAL_ADDRESS: service.temporalAddress,
      TEMPORAL_METRICS_PORT: `${temporalMetricsPort}`,
      ...more,
    },
    logFile: join(folder, `${script.replace('/', '-')}.log`),
    stopTimeoutMs: 45_000,
  });
}

async function temporalMetrics(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

test('another API tells the same gauges, and its own counters', { timeout: 60_000 }, async () => {
  const other = await start('api/server');
  try {
    const url = `http://127.0.0.1:${(other.ready as { port: number }).port}`;
    await fetch(`${url}/jobs`);
    const [here, there] = await Promise.all([scrape(service.apiUrl), scrape(url)]);
    expect(total(there, POOL)).toBeGreaterThan(0);
    for (const gauge of GAUGES) expect(total(there, gauge), gauge).toBe(total(here, gauge));
    expect(total(there, 'braindrill_auth_failures_total')).toBe(1);
    expect(total(there, 'braindrill_jobs_submitted_total')).toBe(0);
    expect(await temporalMetrics(temporalMetricsPort)).toContain('temporal_worker_task_slots_available');
  } finally {
    await other.stop();
  }
});

/** Whether the service knows the second runner. */
async function isMember(): Promise<boolean> {
  const response = await request('/ready', { headers: { Accept: 'application/json' } });
  return readinessSchema.parse(await response.json()).members.some(({ name }) => name === runnerName);
}

test('a second runner and its slots are added; they go with it, even when it is killed', {
  timeout: 90_000,
}, async () => {
  const Image = (await docker.listImages({ filters: { reference: ['braindrill/perl'] } }))[0]?.Id as string;
  await docker.createContainer({ Image, Cmd: ['/supervisor'], Labels: { [RUNNER_LABEL]: runnerName } });
  const alone = total(await scrape(service.apiUrl), POOL);
  const startSecond = () => start('workers/runner', { LANGUAGES: 'perl' });
  const has = (size: number) => untilScrape(service.apiUrl, (now) => total(now, POOL) === size, 15_000);

  const first = await startSecond();
  const own = await scrape(`http://127.0.0.1:${(first.ready as { metricsPort: number }).metricsPort}`);
  expect(total(own, 'braindrill_runner_containers_reaped_total')).toBe(1);
  const slots = total(own, 'braindrill_runner_slots');
  expect(slots).toBeGreaterThan(0);
  await has(alone + slots);
  await expect.poll(isMember, { timeout: 10_000 }).toBe(true);
  expect(await temporalMetrics(temporalMetricsPort + 1)).toContain('temporal_worker_task_slots_available');
  process.kill(first.pid, 'SIGKILL');
  await has(alone);
  await expect.poll(isMember, { timeout: 10_000 }).toBe(false);

  const second = await startSecond();
  await has(alone + slots);
  const stopping = second.stop();
  await has(alone);
  await stopping;
});

test('while Temporal is away a scrape answers within 2 s, without the gauges', {
  timeout: 120_000,
}, async () => {
  const environment = { ...testEnvironment(folder, runnerName), ROLE: 'api' };
  const { temporalExecutable } = service;
  const config = loadConfig(environment);
  const alone = await startService({ config, environment, temporalExecutable, report: () => {} });
  const url = alone.apiUrl as string;
  const gauges = (text: string) => GAUGES.filter((gauge) => new RegExp(`^${gauge}\\b`, 'm').test(text));
  try {
    expect(gauges((await scrape(url)).text)).toEqual(GAUGES);
    expect(total(await scrape(url), POOL)).toBe(0);
    process.kill(alone.processes.temporal?.pid as number, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (let scrapes = 0; scrapes < 3; scrapes++) {
      const startedAt = performance.now();
      const { text } = await scrape(url);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      expect(gauges(text)).toEqual([]);
      for (const gauge of GAUGES) expect(text).toContain(`# TYPE ${gauge} gauge`);
      expect(text).toContain('\nbraindrill_auth_failures_total 0\n');
    }
    process.kill(alone.processes.temporal?.pid as number, 'SIGCONT');
    await untilScrape(url, ({ text }) => gauges(text).length === GAUGES.length);
  } finally {
    process.kill(alone.processes.temporal?.pid as number, 'SIGCONT');
    await alone.stop();
  }
});
