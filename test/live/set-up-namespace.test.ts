import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { JOB_DURATION_MS, JOB_LABELS, JOB_LANGUAGE } from '../../src/temporal-names.js';
import { getTemporalServer } from '../../temporal/get-server.js';
import { setUpNamespace } from '../../temporal/set-up-namespace.js';
import { startTemporalServer, type TemporalServer } from '../../temporal/start-server.js';

const HOUR_MS = 3_600_000;

let folder: string;
let server: TemporalServer;
let connection: Connection;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'live-namespace-'));
  server = await startTemporalServer({
    executable: await getTemporalServer(join(PROJECT_ROOT, '.braindrill/cache'), () => {}),
    dbFile: join(folder, 'temporal.db'),
    port: 0,
    uiPort: 0,
    namespace: 'default',
    logFile: join(folder, 'temporal.log'),
  });
  connection = await Connection.connect({ address: server.address });
}, 300_000);

afterAll(async () => {
  await connection.close();
  await server.stop();
  rmSync(folder, { recursive: true });
}, 20_000);

test('a namespace that is missing is registered, with its retention and attributes that can be used at once', async () => {
  const lines = await setUp('fresh', 2 * HOUR_MS);
  expect(lines).toEqual([
    'Temporal namespace fresh: registered, retention 7200 s, added JobLanguage, JobOwner, JobStatus, JobCompletedAt, JobDurationMs, JobLabels',
  ]);
  expect(await retentionOf('fresh')).toBe(7200);

  const client = new Client({ connection, namespace: 'fresh' });
  const typedSearchAttributes = new TypedSearchAttributes([
    { key: JOB_LANGUAGE, value: 'perl' },
    { key: JOB_DURATION_MS, value: 12 },
    { key: JOB_LABELS, value: ['a=1', 'b=2'] },
  ]);
  await client.workflow.start('anything', { workflowId: 'a', taskQueue: 'nobody', typedSearchAttributes });
  const query = "JobLanguage = 'perl' AND JobDurationMs < 13 AND JobLabels = 'b=2'";
  await expect.poll(async () => (await client.workflow.count(query)).count, { timeout: 5_000 }).toBe(1);
}, 60_000);

test('a second time changes nothing, and takes no second', async () => {
  await setUp('twice', HOUR_MS);
  const started = performance.now();
  expect(await setUp('twice', HOUR_MS)).toEqual(['Temporal namespace twice: set up already']);
  expect(performance.now() - started).toBeLessThan(1000);
}, 60_000);

test('another retention is taken over, in whole seconds and at least an hour', async () => {
  await setUp('kept', HOUR_MS);
  expect(await setUp('kept', HOUR_MS + 90_400)).toEqual(['Temporal namespace kept: retention set to 3690 s']);
  expect(await retentionOf('kept')).toBe(3690);
  await setUp('kept', 1000);
  expect(await retentionOf('kept')).toBe(3600);
}, 60_000);

test('the namespace that the server made itself gets its attributes too, over a worker connection', async () => {
  const native = await NativeConnection.connect({ address: server.address });
  try {
    await setUpNamespace(native, 'default', HOUR_MS);
    await setUpNamespace(native, 'by-worker', HOUR_MS);
  } finally {
    await native.close();
  }
  expect(await setUp('default', HOUR_MS)).toEqual(['Temporal namespace default: set up already']);
  expect(await setUp('by-worker', HOUR_MS)).toEqual(['Temporal namespace by-worker: set up already']);
}, 60_000);

test('several processes may set up one namespace at once', async () => {
  await Promise.all(Array.from({ length: 5 }, () => setUp('raced', HOUR_MS)));
  expect(await setUp('raced', HOUR_MS)).toEqual(['Temporal namespace raced: set up already']);
}, 60_000);

async function setUp(namespace: string, retentionMs: number): Promise<string[]> {
  const lines: string[] = [];
  await setUpNamespace(connection, namespace, retentionMs, (line) => lines.push(line));
  return lines;
}

async function retentionOf(namespace: string): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds);
}
