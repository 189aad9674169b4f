// How the processes of a service stop and keep to themselves. What comes of pulled plugs is tested in test/faults.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import { docker, expectNoContainers, hasEnded, type JobBody, KEY, service as shared } from './service.js';

const runner = `processes-${process.pid}`;
let service: Service;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-processes-'));
  const environment = { ...testEnvironment(folder, runner), LANGUAGES: 'python,perl' };
  const config = loadConfig(environment);
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
});

afterAll(async () => {
  await service.stop();
  await expectNoContainers(runner);
  const left = await docker.listContainers({
    all: true,
    filters: { label: [`braindrill.runner=${runner}`] },
  });
  expect(left.map(({ Names }) => Names)).toEqual([]);
  rmSync(folder, { recursive: true });
});

const call = (path: string, init: RequestInit = {}) =>
  fetch(`${service.apiUrl}${path}`, {
    ...init,
    headers: { 'X-API-Key': KEY },
    signal: AbortSignal.timeout(60_000),
  });

async function submit(code: string, language = 'python'): Promise<string> {
  const response = await call('/jobs', { method: 'POST', body: JSON.stringify({ code, language }) });
  expect(response.status).toBe(200);
  return ((await response.json()) as JobBody).job_id;
}

async function until(id: string, is: (job: JobBody) => boolean, limitMs = 60_000): Promise<JobBody> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const response = await call(`/jobs/${id}`).catch(() => undefined);
    if (response?.status === 200) {
      const job = (await response.json()) as JobBody;
      if (is(job)) return job;
    }
    if (Date.now() > deadline) throw new Error(`job ${id} has not come so far in ${limitMs} ms`);
    await sleep(100);
  }
}

test('an API that is told to stop is not ready first, and answers all the same', {
  timeout: 30_000,
}, async () => {
  process.kill(service.processes.api?.pid as number, 'SIGTERM');
  await sleep(200);
  const ready = await call('/ready');
  expect([ready.status, await ready.text()]).toEqual([
    503,
    expect.stringMatching(/^not ready \(\d members\)$/),
  ]);
  expect((await call('/health')).status).toBe(200);
  const id = await submit('print("survived")');
  // It is started again, since nobody meant the service.
  expect(await until(id, hasEnded)).toMatchObject({ status: 'completed', output: 'survived\n' });
});

test('a second runner of the same name refuses to start', async () => {
  const environment = { ...testEnvironment(folder, runner), TEMPORAL_ADDRESS: service.temporalAddress };
  const { root } = loadConfig(environment);
  const second = promisify(execFile)(process.execPath, [`${root}/dist/src/workers/runner.js`], {
    env: environment,
  });
  await expect(second).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('another RUNNER_NAME'),
  });
});

test('the logs hold no key and no code', () => {
  for (const name of ['api.log', 'runner.log']) {
    const log = readFileSync(join(folder, name), 'utf8');
    expect(log.length).toBeGreaterThan(0);
    expect(log).not.toContain(KEY);
    expect(log).not.toContain('survived');
  }
});
