// Plugs are pulled on a service of its own: accepted jobs end, once, and no container stays.
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
import {
  docker,
  expectNoContainers,
  hasEnded,
  type JobBody,
  jobContainers,
  KEY,
  service as shared,
} from './service.js';

const runner = `faults-${process.pid}`;
let service: Service;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-faults-'));
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

const isRunning = ({ status }: JobBody) => status === 'running';

test('kill -9 of the runner: the job ends on another attempt, and its container is gone', {
  timeout: 90_000,
}, async () => {
  const id = await submit('import time; time.sleep(3); print("survived")');
  await until(id, isRunning);
  await sleep(300);
  expect(await jobContainers(runner)).toHaveLength(1);
  process.kill(service.processes.runner?.pid as number, 'SIGKILL');
  const killedAt = Date.now();
  const job = await until(id, hasEnded);
  expect(job).toMatchObject({ status: 'completed', output: 'survived\n', attempt: 2 });
  await expectNoContainers(runner, 30_000 - (Date.now() - killedAt));
});

test('kill -9 of the Temporal server: what was accepted ends', { timeout: 90_000 }, async () => {
  const ids = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((n) => submit(`import time; time.sleep(1); print(${n})`)),
  );
  await until(ids[0] as string, isRunning);
  process.kill(service.processes.temporal?.pid as number, 'SIGKILL');
  const jobs = await Promise.all(ids.map((id) => until(id, hasEnded)));
  expect(jobs.map(({ output }) => output)).toEqual(['1\n', '2\n', '3\n', '4\n', '5\n', '6\n']);
  expect(jobs.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
});

test('kill -9 of the API: what was accepted ends and can be read', { timeout: 90_000 }, async () => {
  const ids = await Promise.all([1, 2, 3].map((n) => submit(`import time; time.sleep(1); print(${n})`)));
  process.kill(service.processes.api?.pid as number, 'SIGKILL');
  const jobs = await Promise.all(ids.map((id) => until(id, hasEnded)));
  expect(jobs.map(({ output }) => output)).toEqual(['1\n', '2\n', '3\n']);
});

test('a container that somebody removes is the platform’s trouble: the job runs again', {
  timeout: 60_000,
}, async () => {
  const id = await submit('import time; time.sleep(2); print("again")');
  await until(id, isRunning);
  await sleep(300);
  const [name] = await jobContainers(runner);
  await docker.getContainer((name as string).slice(1)).remove({ force: true });
  const job = await until(id, hasEnded);
  expect(job).toMatchObject({ status: 'completed', output: 'again\n', attempt: 2 });
});

test('the Temporal server stands still: submitting answers 503 within 2 s, and goes on after', {
  timeout: 60_000,
}, async () => {
  const pid = service.processes.temporal?.pid as number;
  process.kill(pid, 'SIGSTOP');
  try {
    const askedAt = Date.now();
    const response = await call('/jobs', {
      method: 'POST',
      body: JSON.stringify({ code: 'print(1)', language: 'python' }),
    });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await response.text()).toBe('something went wrong');
    expect(Date.now() - askedAt).toBeLessThan(3_000);
    expect((await call('/health')).status).toBe(200);
    expect((await call('/ready')).status).toBe(503);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const id = await submit('print("back")');
  expect(await until(id, hasEnded)).toMatchObject({ output: 'back\n' });
});

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
  const id = await submit('print("late")');
  // It is started again, since nobody meant the service.
  expect(await until(id, hasEnded)).toMatchObject({ status: 'completed', output: 'late\n' });
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
