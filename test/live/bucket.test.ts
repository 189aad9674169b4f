// Large jobs and results go through a bucket, which the API and the runner share and nothing else; it may be away.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { jobBodySchema } from '../../src/api/job-schemas.js';
import { loadConfig } from '../../src/config.js';
import type { JobRequest } from '../../src/job.js';
import { type Service, startService } from '../../src/start-service.js';
import { CREDENTIALS, startS3, type TestS3 } from '../payloads/start-s3.js';
import { testEnvironment } from './global-setup.js';
import { expectNoContainers, hasEnded, KEY, service as shared } from './service.js';

const MB = 2 ** 20;
const BUCKET = 'payloads';
const runner = `bucket-${process.pid}`;
let folder: string;
let s3: TestS3;
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-bucket-'));
  s3 = await startS3(BUCKET);
  const keyFile = join(folder, 'payload-keys');
  writeFileSync(keyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const environment = {
    ...testEnvironment(folder, runner),
    ...CREDENTIALS,
    ...{ LANGUAGES: 'python', PAYLOADS_KEY_FILE: keyFile },
    ...{ PAYLOADS_BUCKET: `s3://${BUCKET}/fleet`, PAYLOADS_ENDPOINT: s3.endpoint },
  };
  const config = loadConfig(environment);
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
});

afterAll(async () => {
  await service?.stop();
  await s3?.stop();
  await expectNoContainers(runner);
  rmSync(folder, { recursive: true });
});

afterEach(() => s3.plug.put());

const call = (path: string, init: RequestInit = {}) =>
  fetch(`${service.apiUrl}${path}`, { ...init, headers: { 'X-API-Key': KEY, Accept: 'application/json' } });
const post = (job: Omit<JobRequest, 'language'>) =>
  call('/jobs', { method: 'POST', body: JSON.stringify({ ...job, language: 'python' }) });

async function submit(job: Omit<JobRequest, 'language'>): Promise<string> {
  const answer = await post(job);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ((await answer.json()) as { job_id: string }).job_id;
}

const read = async (id: string) => jobBodySchema.parse(await (await call(`/jobs/${id}`)).json());

async function ended(id: string) {
  await expect.poll(async () => hasEnded(await read(id)), { timeout: 60_000, interval: 200 }).toBe(true);
  return read(id);
}

const countJobs = async () => ((await (await call('/jobs')).json()) as { jobs: unknown[] }).jobs.length;

const large = () => ({ code: 'print(len(input()))', stdin: 'plain-text '.repeat((3 * MB) / 11) });
const LARGE_OUTPUT = `${11 * Math.floor((3 * MB) / 11)}\n`;

const largeResult = {
  code: `import os, time
time.sleep(2)
for name in 'ab': open(name, 'wb').write(os.urandom(250_000))`,
  artifacts: ['a', 'b'],
};

test('jobs and results that are large go through it, encrypted, and no folder is made', async () => {
  const [job, result] = await Promise.all([
    submit(large()).then(ended),
    submit({
      code: 'print(input().ljust(60_000, "."))',
      runs: Array.from({ length: 8 }, () => ({ stdin: 'plain-text' })),
    }).then(ended),
  ]);
  expect(job).toMatchObject({ status: 'completed', output: LARGE_OUTPUT, attempt: 1 });
  expect(result.runs?.map(({ stdout }) => stdout.length)).toEqual(Array(8).fill(60_001));
  const { Contents = [] } = await s3.client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  expect(Contents.length).toBeGreaterThanOrEqual(2);
  for (const { Key } of Contents) {
    expect(Key).toMatch(/^fleet\/\d{6}-[0-9a-f]{64}$/);
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    expect(await Body?.transformToString('latin1')).not.toContain('plain-text');
  }
  expect(existsSync(join(folder, 'payloads'))).toBe(false);
  await expect
    .poll(async () => (await call('/metrics')).text(), { timeout: 40_000, interval: 500 })
    .toMatch(/^braindrill_payload_store_bytes [1-9]\d{6,}$/m);
});

test('while it is away, large jobs are answered 503 and nothing of them is started; all others run', async () => {
  const before = await countJobs();
  await s3.plug.pull();
  const refused = await post(large());
  expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
    ...[503, '2', 'something went wrong'],
  ]);
  expect(await countJobs()).toBe(before);
  const medium = await submit({ code: 'print(len(input()))', stdin: 'x'.repeat(MB) });
  expect(await ended(medium)).toMatchObject({ status: 'completed', output: `${MB}\n` });
  const log = readFileSync(join(folder, 'api.log'), 'utf8');
  expect(log).toContain(`payloads cannot be put into s3://${BUCKET}/fleet (ECONNREFUSED)`);
  expect((await call('/ready')).status).toBe(200);
  await s3.plug.put();
  expect(await ended(await submit(large()))).toMatchObject({ status: 'completed', output: LARGE_OUTPUT });
});

test('what was accepted waits until it is back, and a result that is ready does without it', async () => {
  const ending = await submit(largeResult);
  await expect.poll(async () => (await read(ending)).status, { timeout: 20_000 }).toBe('running');
  const waiting = await submit(large());
  s3.plug.stall();
  expect((await post(large())).status).toBe(503);
  const result = await ended(ending);
  expect(result).toMatchObject({ status: 'completed', attempt: 1 });
  expect(result.artifacts?.map(({ error }) => error)).toEqual([undefined, undefined]);
  expect(hasEnded(await read(waiting))).toBe(false);
  await s3.plug.put();
  expect(await ended(waiting)).toMatchObject({ status: 'completed', output: LARGE_OUTPUT });
});
