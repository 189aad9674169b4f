// Rows of the contract that need a service of their own: no runner, jobs that expire soon, Temporal away.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobBodySchema, jobListSchema } from '../../src/api/job-schemas.js';
import { loadConfig } from '../../src/config.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import { KEY, service as shared } from './service.js';

const TTL_MS = 3_000;
let folder: string;
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-away-'));
  const environment = { ...testEnvironment(folder, 'no-runner'), LANGUAGES: 'python', JOBS_TTL: '3s' };
  const config = { ...loadConfig(environment), role: 'api' as const };
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const call = (path: string, body?: string) =>
  fetch(`${service.apiUrl}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'X-API-Key': KEY },
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body }),
  });

const JOB = JSON.stringify({ code: 'print(1)', language: 'python' });

test('GET /ready, no runner: 503 and `not ready (N members)`', async () => {
  const response = await call('/ready');
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(await response.text()).toBe('not ready (1 members)');
});

test('a job waits while there is no runner, in the list too', async () => {
  const { job_id: id } = (await (await call('/jobs', JOB)).json()) as { job_id: string };
  const job = jobBodySchema.parse(await (await call(`/jobs/${id}`)).json());
  expect(job).toMatchObject({ status: 'queued', started_at: null, queued_ms: null, stdout: null });
});

test('jobs end when their time is over: 404 and gone from lists from that moment', async () => {
  const { job_id: id } = (await (await call('/jobs', JOB)).json()) as { job_id: string };
  const connection = await Connection.connect({ address: service.temporalAddress });
  await new Client({ connection }).workflow.getHandle(id).cancel();
  await connection.close();
  const isListed = async () =>
    jobListSchema.parse(await (await call('/jobs')).json()).jobs.some((job) => job.job_id === id);

  let completedAt: string | null = null;
  while (completedAt === null) {
    const job = jobBodySchema.parse(await (await call(`/jobs/${id}`)).json());
    completedAt = job.completed_at;
    if (completedAt !== null) expect(job).toMatchObject({ status: 'failed', reason: 'cancelled' });
    await sleep(50);
  }
  expect(await isListed()).toBe(true);
  await sleep(Date.parse(completedAt) + TTL_MS + 50 - Date.now());
  const response = await call(`/jobs/${id}`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ error: 'Job not found', job_id: id });
  // Lists go by the workflow's end, which comes a little after the program's.
  await expect.poll(isListed, { timeout: 1_000 }).toBe(false);
});

test('Temporal away: 503 with Retry-After everywhere, and not ready', { timeout: 60_000 }, async () => {
  const pid = service.processes.temporal?.pid as number;
  process.kill(pid, 'SIGSTOP');
  try {
    const answers = await Promise.all([
      ...[call('/lang/python', 'print(1)'), call('/jobs', JOB), call('/jobs'), call('/jobs/some-job')],
    ]);
    for (const response of answers) {
      expect(response.headers.get('retry-after'), response.url).toMatch(/^[1-9]\d*$/);
      expect([response.status, await response.text()]).toEqual([503, 'something went wrong']);
    }
    const ready = await call('/ready');
    expect([ready.status, await ready.text()]).toEqual([503, 'not ready (0 members)']);
    expect(await (await call('/health')).text()).toBe('healthy');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});
