// A finished job's time ends to the second, long before Temporal frees its storage.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import { expectNoContainers, type JobBody, KEY, service as shared } from './service.js';

const runner = `retention-${process.pid}`;
const TTL_MS = 3_000;
let service: Service;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-retention-'));
  const environment = { ...testEnvironment(folder, runner), LANGUAGES: 'perl', JOBS_TTL: '3 seconds' };
  const config = loadConfig(environment);
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
});

afterAll(async () => {
  await service.stop();
  await expectNoContainers(runner);
  rmSync(folder, { recursive: true });
});

const call = (path: string, init: RequestInit = {}) =>
  fetch(`${service.apiUrl}${path}`, { ...init, headers: { 'X-API-Key': KEY, Accept: 'application/json' } });

const listed = async () =>
  ((await (await call('/jobs')).json()) as { jobs: JobBody[] }).jobs.map(({ job_id }) => job_id);

test('a job can be read until its time is over, and from then on it is not found and not listed', async () => {
  const job = (await (await call('/lang/perl', { method: 'POST', body: 'print 1' })).json()) as JobBody;
  const end = Date.parse(job.completed_at as string) + TTL_MS;
  await sleep(end - 400 - Date.now());
  expect((await call(`/jobs/${job.job_id}`)).status).toBe(200);
  expect(await listed()).toContain(job.job_id);
  await sleep(end + 50 - Date.now());
  expect((await call(`/jobs/${job.job_id}`)).status).toBe(404);
  expect(await listed()).not.toContain(job.job_id);
});

test('Temporal keeps finished jobs as short as it can: one hour', async () => {
  const connection = await Connection.connect({ address: service.temporalAddress });
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  await connection.close();
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(3_600);
});
