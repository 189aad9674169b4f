// Two APIs and two runners on one Temporal server: whoever is asked, the answer is the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import type { JobResult } from '../../src/job.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import {
  expectNoContainers,
  service as first,
  hasEnded,
  type JobBody,
  KEY,
  submit,
  untilJob,
} from './service.js';

const runner = `fleet-${process.pid}`;
let second: Service;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-fleet-'));
  const environment = { ...testEnvironment(folder, runner), TEMPORAL_ADDRESS: first.temporalAddress };
  const config = loadConfig(environment);
  second = await startService({ config, environment, temporalExecutable: undefined, report: () => {} });
});

afterAll(async () => {
  await second.stop();
  await expectNoContainers(runner);
  rmSync(folder, { recursive: true });
});

const ask = (api: string, path: string) => fetch(`${api}${path}`, { headers: { 'X-API-Key': KEY } });

test('both APIs count all four processes', async () => {
  for (const api of [first.apiUrl, second.apiUrl as string]) {
    await expect
      .poll(async () => (await ask(api, '/ready')).text(), { timeout: 10_000 })
      .toBe('ready (4 members)');
  }
});

test('a job that one API accepted reads the same, and is listed the same, at the other', async () => {
  const ids = await Promise.all([1, 2, 3].map((n) => submit('python', `print(${n})`)));
  for (const id of ids) {
    const job = await untilJob(id, hasEnded);
    // The one that ran the workflow knows of its end a moment before the server does.
    await expect.poll(async () => (await ask(second.apiUrl as string, `/jobs/${id}`)).json()).toEqual(job);
  }
  const list = async (api: string) => (await ask(api, '/jobs?limit=3')).json();
  await expect.poll(() => list(second.apiUrl as string)).toEqual(await list(first.apiUrl));
  const { jobs } = (await list(first.apiUrl)) as { jobs: JobBody[] };
  expect(jobs.map(({ job_id }) => job_id).toSorted()).toEqual(ids.toSorted());
});

test('jobs are spread over both runners', async () => {
  const ids = await Promise.all(
    Array.from({ length: 12 }, () => submit('python', 'import time; time.sleep(0.4)')),
  );
  await Promise.all(ids.map((id) => untilJob(id, hasEnded)));
  const connection = await Connection.connect({ address: first.temporalAddress });
  const { workflow } = new Client({ connection });
  const results: JobResult[] = await Promise.all(ids.map((id) => workflow.getHandle(id).result()));
  await connection.close();
  expect(new Set(results.map(({ host }) => host))).toEqual(new Set([first.runnerName, runner]));
});
