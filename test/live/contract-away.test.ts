// Rows of the contract that need a service of their own: no runner, Temporal away.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobBodySchema } from '../../src/api/job-schemas.js';
import { loadConfig } from '../../src/config.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import { KEY, service as shared } from './service.js';

let folder: string;
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-away-'));
  const environment = { ...testEnvironment(folder, 'no-runner'), LANGUAGES: 'python' };
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

test('Temporal away: 503 with Retry-After everywhere, and not ready', { timeout: 60_000 }, async () => {
  const pid = service.processes.temporal?.pid as number;
  process.kill(pid, 'SIGSTOP');
  try {
    // A list is remembered for half a second.
    await sleep(600);
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
