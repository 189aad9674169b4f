// GET /jobs of a caller with 150 finished jobs beside 10,000 of others. The jobs are real, through an API and a Temporal server
// of their own; only their programs are not run: a worker without Docker answers for them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import type { JobResult } from '../../src/job.js';
import { type Service, startService } from '../../src/start-service.js';
import { runQueue } from '../../src/temporal-names.js';
import { startTemporalServer, type TemporalServer } from '../../temporal/start-server.js';
import { testEnvironment } from '../live/global-setup.js';
import { KEY, OTHER_KEY, service as shared } from '../live/service.js';
import { measure } from './measure.js';

const OWN_JOBS = 150;
const OTHER_JOBS = 10_000;
const AT_ONCE = 32;
const ROUNDS = 50;
/** Longer than the API keeps an answer of the store. */
const PAUSE_MS = 600;

let folder: string;
let server: TemporalServer;
let service: Service;
let connection: NativeConnection;
let worker: Worker;
let running: Promise<void>;

async function runProgram(): Promise<JobResult> {
  const now = new Date().toISOString();
  return {
    ...{ status: 'completed', reason: null, stdout: 'ok\n', stderr: '', exitCode: 0, signal: null },
    ...{
      truncated: false,
      cpuTimeMs: 1,
      memoryBytes: 1,
      compile: null,
      artifacts: null,
      attempt: 1,
      host: 'none',
    },
    ...{ verdict: null, runs: null, runsStopped: null, startedAt: now, completedAt: now },
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-bench-'));
  server = await startTemporalServer({
    executable: shared.temporalExecutable,
    ...{ dbFile: join(folder, 'temporal.db'), logFile: join(folder, 'temporal.log') },
    ...{ port: 0, uiPort: 0, namespace: 'default' },
  });
  const environment = { ...testEnvironment(folder, 'none'), ROLE: 'api', TEMPORAL_ADDRESS: server.address };
  const config = loadConfig(environment);
  service = await startService({ config, environment, temporalExecutable: undefined, report: () => {} });
  connection = await NativeConnection.connect({ address: server.address });
  worker = await Worker.create({ connection, taskQueue: runQueue('python'), activities: { runProgram } });
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  await service.stop();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const ask = (path: string, key: string, body?: string) =>
  fetch(`${service.apiUrl}${path}`, {
    headers: { 'X-API-Key': key },
    ...(body === undefined ? {} : { method: 'POST', body }),
  });

async function runJobs(count: number, key: string): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) expect(await (await ask('/lang/python', key, 'print("ok")')).text()).toBe('ok\n');
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function list(limit: number): Promise<void> {
  const response = await ask(`/jobs?limit=${limit}`, KEY);
  const { jobs, pagination } = (await response.json()) as { jobs: unknown[]; pagination: { total: number } };
  expect([jobs.length, pagination.total]).toEqual([limit, OWN_JOBS]);
}

test('the list of 150 own jobs beside 10,000 of others', { timeout: 3_600_000 }, async () => {
  await runJobs(OWN_JOBS, KEY);
  await sleep(PAUSE_MS);
  console.log(`${OWN_JOBS} own jobs alone:`);
  await measure('listing alone', [listing(20), listing(100)], ROUNDS);
  const started = performance.now();
  await runJobs(OTHER_JOBS, OTHER_KEY);
  const seconds = (performance.now() - started) / 1000;
  console.log(`beside ${OTHER_JOBS} of others (${(OTHER_JOBS / seconds).toFixed(0)} a second were run):`);
  await sleep(PAUSE_MS);
  await measure('listing beside 10,000', [listing(20), listing(100)], ROUNDS);
});

/** The pause before it is not counted: it makes sure that Temporal is asked. */
const listing = (limit: number) => ({
  name: `GET /jobs?limit=${limit}`,
  before: () => sleep(PAUSE_MS),
  run: () => list(limit),
});
