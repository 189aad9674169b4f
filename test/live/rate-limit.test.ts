// Three requests an hour, on a service of its own: both run endpoints share the count, and a job that nobody took is given back.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { digestKey } from '../../src/key-file.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import { service as shared } from './service.js';

const KEYS = ['first key', 'second key', 'third key'];
const [FIRST, SECOND, THIRD] = KEYS as [string, string, string];
let service: Service;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-rate-'));
  const keyFile = join(folder, 'keys.yaml');
  writeFileSync(
    keyFile,
    JSON.stringify(KEYS.map((key, index) => ({ name: `key-${index}`, sha256: digestKey(key) }))),
  );
  const environment = {
    ...testEnvironment(folder, `rate-${process.pid}`),
    LANGUAGES: 'python',
    RATE_LIMIT_MAX_REQUESTS: '3',
    KEY_FILE: keyFile,
  };
  const config = loadConfig(environment);
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const run = (key: string) => post('/lang/python', key, 'print("ran")');
const submit = (key: string) => post('/jobs', key, JSON.stringify({ code: 'print(1)', language: 'python' }));

function post(path: string, key: string, body: string): Promise<Response> {
  return fetch(`${service.apiUrl}${path}`, { method: 'POST', headers: { 'X-API-Key': key }, body });
}

test('both run endpoints share a count, refusals cost nothing, and GETs are not limited', async () => {
  const ran = await run(FIRST);
  expect([ran.status, await ran.text()]).toEqual([200, 'ran\n']);
  const accepted = await submit(FIRST);
  expect((await post('/lang/klingon', FIRST, 'x')).status).toBe(400);
  expect((await post('/jobs', FIRST, '{}')).status).toBe(400);
  const last = await run(FIRST);
  const refused = [await run(FIRST), await submit(FIRST)];
  const answers = [ran, accepted, last, ...refused];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual([
    '2',
    '1',
    '0',
    '0',
    '0',
  ]);
  for (const { headers } of answers) {
    expect(headers.get('x-ratelimit-limit')).toBe('3');
    expect(headers.get('ratelimit-policy')).toBe('"default";q=3;w=3600');
  }
  for (const answer of refused) {
    const seconds = answer.headers.get('x-ratelimit-retry-after');
    expect(answer.headers.get('retry-after')).toBe(seconds);
    expect(await answer.text()).toBe(`Rate limit exceeded. Retry after ${seconds} seconds.`);
  }
  const headers = { 'X-API-Key': FIRST };
  for (let n = 0; n < 5; n++) expect((await fetch(`${service.apiUrl}/jobs`, { headers })).status).toBe(200);
});

test('of requests to both endpoints at once exactly three run', async () => {
  const answers = await Promise.all([1, 2, 3, 4].flatMap(() => [run(SECOND), submit(SECOND)]));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
});

test('Temporal stands still: what it did not take is given back', { timeout: 150_000 }, async ({
  onTestFailed,
}) => {
  onTestFailed(printLogs);
  const pid = service.processes.temporal?.pid as number;
  process.kill(pid, 'SIGSTOP');
  try {
    const answers = await Promise.all([run(THIRD), submit(THIRD)]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    for (const answer of answers) expect(await answer.text()).toBe('something went wrong');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const ran = await run(THIRD);
  expect([ran.status, ran.headers.get('x-ratelimit-remaining')]).toEqual([200, '2']);
  const list = await fetch(`${service.apiUrl}/jobs`, { headers: { 'X-API-Key': THIRD } });
  expect((await list.json()) as object).toMatchObject({ pagination: { total: 1 } });
});

/** What each process said last. */
function printLogs(): void {
  for (const name of ['api', 'runner', 'temporal']) {
    const path = join(folder, `${name}.log`);
    if (existsSync(path)) console.log(`${name}.log\n${readFileSync(path, 'utf8').slice(-6_000)}`);
  }
}

test('the log holds no key', () => {
  const log = readFileSync(join(folder, 'api.log'), 'utf8');
  for (const key of KEYS) expect(log).not.toContain(key);
});
