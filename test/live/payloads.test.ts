// Large jobs and results go through a folder beside Temporal, and with a key file nothing of a job is in plain text at the server.
import { createHash, randomBytes } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import type { JobRequest } from '../../src/job.js';
import { type Service, startService } from '../../src/start-service.js';
import { JOBS_QUEUE, RUN_JOB } from '../../src/temporal-names.js';
import { testEnvironment } from './global-setup.js';
import {
  checkLeaksAfterEach,
  expectNoContainers,
  hasEnded,
  type JobBody,
  KEY,
  request,
  runCode,
  runJob,
  service as shared,
  untilJob,
} from './service.js';
import { apiMemory, countJobs } from './unharmed.js';

const MB = 2 ** 20;
const SHA256_OF = (file: string) =>
  `import hashlib\nprint(hashlib.sha256(open(${JSON.stringify(file)}, "rb").read()).hexdigest())`;
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A job's history as the server has it: without a codec. All bytes of all payloads follow it. */
async function historyOf(address: string, jobId: string): Promise<string> {
  const connection = await Connection.connect({ address });
  const history = await new Client({ connection }).workflow.getHandle(jobId).fetchHistory();
  await connection.close();
  const json = historyToJSON(history);
  const data = [...json.matchAll(/"(?:data|encoding)": ?"([^"]*)"/g)].map(([, base64 = '']) =>
    Buffer.from(base64, 'base64').toString('latin1'),
  );
  return [json, ...data].join('\n');
}

describe('large jobs', () => {
  checkLeaksAfterEach();
  const store = join(shared.dataFolder, 'payloads');
  const filler = join(store, 'f'.repeat(64));
  afterEach(() => rmSync(filler, { force: true }));

  test('files of 9 MB reach the program byte for byte, and no history', async () => {
    const content = randomBytes(9_200_000 / 2).toString('hex');
    const job = { language: 'python', code: SHA256_OF('data.txt'), files: [{ path: 'data.txt', content }] };
    const answer = await request('/jobs', { body: JSON.stringify(job) });
    expect(answer.status, await answer.clone().text()).toBe(200);
    const { job_id: id } = (await answer.json()) as { job_id: string };
    expect(await untilJob(id, hasEnded)).toMatchObject({
      status: 'completed',
      output: `${sha256(content)}\n`,
    });
    const history = await historyOf(shared.temporalAddress, id);
    expect(history.length).toBeLessThan(50_000);
    expect(history).toContain('binary/braindrill-stored');
  });

  test('so does a file as base64 of a caller who waits, and 9 MB of standard input', async () => {
    const bytes = randomBytes(6_800_000);
    const files = [{ path: 'data.bin', content: bytes.toString('base64'), encoding: 'base64' as const }];
    const fromFile = await runJob({ language: 'python', code: SHA256_OF('data.bin'), files });
    expect(fromFile).toMatchObject({ status: 'completed', output: `${sha256(bytes)}\n` });
    const stdin = randomBytes(4_600_000).toString('hex');
    const fromStdin = await runJob({ language: 'python', code: SHA256_OF('/dev/stdin'), stdin });
    expect(fromStdin).toMatchObject({ status: 'completed', output: `${sha256(stdin)}\n` });
  });

  test('a large result comes back whole, and is in no history', async () => {
    const runs = Array.from({ length: 8 }, (_, n) => ({ stdin: `${n}` }));
    const code = 'print(input().ljust(60_000, "."))';
    const job = await runJob({ language: 'python', code, runs });
    expect(job.runs?.map(({ stdout }) => stdout)).toEqual(
      runs.map(({ stdin }) => `${stdin.padEnd(60_000, '.')}\n`),
    );
    const history = await historyOf(shared.temporalAddress, job.job_id);
    expect(history.length).toBeLessThan(50_000);
  });

  test('jobs of 9 MB that wait take no memory of the API', { timeout: 120_000 }, async () => {
    const before = apiMemory();
    let most = before;
    const timer = setInterval(() => {
      most = Math.max(most, apiMemory());
    }, 50);
    const ids: string[] = [];
    for (let n = 0; n < 20; n++) {
      const files = [{ path: 'data.txt', content: randomBytes(4_600_000).toString('hex') }];
      const job = { language: 'python', code: `import time\ntime.sleep(2)\nprint(${n})`, files };
      const answer = await request('/jobs', { body: JSON.stringify(job) });
      expect(answer.status, await answer.clone().text()).toBe(200);
      ids.push(((await answer.json()) as { job_id: string }).job_id);
    }
    const jobs = await Promise.all(ids.map((id) => untilJob(id, hasEnded, 90_000)));
    clearInterval(timer);
    expect(jobs.map(({ output }) => output)).toEqual(ids.map((_, n) => `${n}\n`));
    // Held in the isolates of their workflows they would take 1,200.
    expect((most - before) / MB).toBeLessThan(500);
  });

  test('a full store refuses large jobs with a time to come again, starts nothing of them, and lets others through', async () => {
    writeFileSync(filler, '');
    truncateSync(filler, 1_024 * MB);
    // The size of the folder is looked at each five seconds.
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    const before = await countJobs();
    const job: JobRequest = { language: 'python', code: 'print(1)', stdin: 'x'.repeat(3 * MB) };
    const refused = await request('/jobs', { body: JSON.stringify(job) });
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
      503,
      '2',
      'something went wrong',
    ]);
    expect(await countJobs()).toBe(before);
    expect((await runCode('python', 'print(2)')).output).toBe('2\n');
    const medium = await runJob({ language: 'python', code: 'print(len(input()))', stdin: 'x'.repeat(MB) });
    expect(medium.output).toBe(`${MB}\n`);
  });
});

describe('an encrypted service', () => {
  const runner = `payloads-${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-payloads-'));
  const keyFile = join(folder, 'payload-keys');
  const store = join(folder, 'payloads');
  const [oldKey, newKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const environment = { ...testEnvironment(folder, runner), LANGUAGES: 'python', PAYLOADS_KEY_FILE: keyFile };
  let service: Service;

  async function start(...keys: string[]): Promise<void> {
    writeFileSync(keyFile, keys.join('\n'), { mode: 0o600 });
    const config = loadConfig(environment);
    const { temporalExecutable } = shared;
    service = await startService({ config, environment, temporalExecutable, report: () => {} });
  }

  beforeAll(() => start(oldKey));
  afterAll(async () => {
    await service.stop();
    await expectNoContainers(runner);
    rmSync(folder, { recursive: true });
  });

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${service.apiUrl}${path}`, {
      ...init,
      headers: { 'X-API-Key': KEY, Accept: 'application/json', ...init.headers },
    });
  const run = async (job: Omit<JobRequest, 'language'>) => {
    const headers = { 'Content-Type': 'application/vnd.braindrill.job+json' };
    const answer = await call('/lang/python', { method: 'POST', headers, body: JSON.stringify(job) });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as JobBody;
  };
  const read = async (id: string) => (await (await call(`/jobs/${id}`)).json()) as JobBody;
  const files = [{ path: 'data.txt', content: 'plain-file-text '.repeat(40_000) }];
  const secret = {
    code: '# plain-code-text\nprint("plain-" + "output-text" * 2)',
    stdin: 'plain-stdin-text',
    labels: { shown: 'plain-label' },
  };
  const output = 'plain-output-textoutput-text\n';
  let jobId: string;

  test('neither code nor output is at the server or in the store, and callers get theirs as ever', async () => {
    const small = await run(secret);
    const large = await run({ ...secret, files });
    jobId = small.job_id;
    expect([small.output, large.output]).toEqual([output, output]);
    for (const { job_id: id } of [small, large]) {
      const history = await historyOf(service.temporalAddress, id);
      expect(history).toContain('binary/');
      expect(history).toContain('plain-label');
      expect(history).not.toMatch(/plain-(code|file|stdin|output)|output-text|print\(|"stdout"/);
    }
    const stored = readdirSync(store).map((name) => readFileSync(join(store, name)).toString('latin1'));
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.join('')).not.toContain('plain-');
  });

  test('a job from Temporal’s CLI comes in plain text, and nothing that is made of it does, not even why it failed', async () => {
    const connection = await Connection.connect({ address: service.temporalAddress });
    const { workflow } = new Client({ connection });
    const start = (workflowId: string, code: string) =>
      workflow.start(RUN_JOB, { workflowId, taskQueue: JOBS_QUEUE, args: [{ code, language: 'python' }] });
    await start('cli-good', 'print("plain-" + "output-text")');
    await start('cli-bad', '# wget plain-pattern\n');
    await expect(workflow.getHandle('cli-good').result()).rejects.toThrow('Unknown encoding');
    await expect(workflow.getHandle('cli-bad').result()).rejects.toThrow('Unknown encoding');
    await connection.close();
    expect(await historyOf(service.temporalAddress, 'cli-good')).not.toContain('plain-output');
    const bad = await historyOf(service.temporalAddress, 'cli-bad');
    expect(bad).toContain('Encoded failure');
    expect(bad).not.toContain('dangerous');
  });

  test('after a rotation of keys older jobs can be read, and new ones are run', async () => {
    await service.stop();
    await start(newKey, oldKey);
    expect((await read(jobId)).output).toBe(output);
    expect((await run({ ...secret, files })).output).toBe(output);
  });

  test('what a key that is gone has encrypted gets the platform’s text, and the log tells which key it was; files that no job needs are swept', async () => {
    await service.stop();
    const longAgo = new Date(Date.now() - 3 * 3_600_000);
    const names = readdirSync(store);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) utimesSync(join(store, name), longAgo, longAgo);
    writeFileSync(join(store, 'not-ours'), '');
    await start(newKey);
    const answer = await call(`/jobs/${jobId}`);
    expect([answer.status, await answer.text()]).toEqual([503, 'something went wrong']);
    const id = sha256(Buffer.from(oldKey, 'base64')).slice(0, 16);
    const told = `a payload is encrypted by key ${id}, which payloads.key-file has not`;
    await expect.poll(() => readFileSync(join(folder, 'api.log'), 'utf8')).toContain(told);
    expect((await run(secret)).output).toBe(output);
    await expect.poll(() => readdirSync(store)).toEqual(['not-ours']);
  });
});

test('a bad key file ends the start with the name of its setting', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-payloads-'));
  const keyFile = join(folder, 'payload-keys');
  writeFileSync(keyFile, 'secret-but-short\n');
  const address = shared.temporalAddress;
  const environment = {
    ...testEnvironment(folder, `payloads-bad-${process.pid}`),
    ...{ ROLE: 'api', TEMPORAL_ADDRESS: address, PAYLOADS_KEY_FILE: keyFile },
  };
  const config = loadConfig(environment);
  const started = startService({ config, environment, temporalExecutable: undefined, report: () => {} });
  await expect(started).rejects.toThrow(
    /payloads\.key-file cannot be used:\s+.*payload-keys:1: must be 32 bytes/,
  );
  rmSync(folder, { recursive: true });
});
