// Who shares a container with whom, as the runner's log tells it: nobody with another caller, and nobody at all who asked for that.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobBodySchema } from '../../src/api/job-schemas.js';
import { loadConfig } from '../../src/config.js';
import { digestKey } from '../../src/key-file.js';
import { type Service, startService } from '../../src/start-service.js';
import { readGiven } from '../given-containers.js';
import { testEnvironment } from './global-setup.js';
import { copyProject } from './project-copy.js';
import { containersOf, docker, expectNoContainers, KEY, service as shared } from './service.js';

const ENTRIES = [
  { name: 'alice', sha256: digestKey('key of alice') },
  { name: 'bob', sha256: digestKey('key of bob') },
  { name: 'carol', sha256: digestKey('key of carol'), isolation: 'container' },
];

describe.each(['cells', 'container'] as const)('runner.isolation: %s', (isolation) => {
  const runner = `isolation-${isolation}-${process.pid}`;
  let service: Service;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'braindrill-isolation-'));
    const keyFile = join(folder, 'keys.yaml');
    writeFileSync(keyFile, JSON.stringify(ENTRIES));
    const environment = {
      ...testEnvironment(folder, runner),
      LANGUAGES: 'python,perl',
      KEY_FILE: keyFile,
      RUNNER_ISOLATION: isolation,
    };
    const config = loadConfig(environment);
    const { temporalExecutable } = shared;
    service = await startService({ config, environment, temporalExecutable, report: () => {} });
  });

  afterAll(async () => {
    await service.stop();
    await expectNoContainers(runner);
    rmSync(folder, { recursive: true });
  });

  const call = (name: string, path: string, body?: string) =>
    fetch(`${service.apiUrl}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body }),
      headers: { 'X-API-Key': `key of ${name}`, Accept: 'application/json' },
    });

  const containerOf = (jobId: string) =>
    readGiven(join(folder, 'runner.log')).find((given) => given.jobId === jobId)?.container;

  /** Runs a program and answers with the id of its container. */
  async function run(name: string, language = 'python', code = 'print("ran")'): Promise<string> {
    const response = await call(name, `/lang/${language}`, code);
    const job = jobBodySchema.parse(await response.json());
    expect(job).toMatchObject({ status: 'completed', stdout: 'ran\n', attempt: 1 });
    return containerOf(job.job_id) as string;
  }

  async function submit(name: string, request: object): Promise<string> {
    const response = await call(
      name,
      '/jobs',
      JSON.stringify({ code: 'print("ran")', language: 'python', ...request }),
    );
    const { job_id } = (await response.json()) as { job_id: string };
    await expect
      .poll(async () => ((await (await call(name, `/jobs/${job_id}`)).json()) as { status: string }).status)
      .toBe('completed');
    return containerOf(job_id) as string;
  }

  const isThere = (id: string) =>
    docker
      .getContainer(id)
      .inspect()
      .then(
        () => true,
        () => false,
      );

  test('a caller’s programs of one language share a container only with cells; those of two callers never do', async () => {
    const own = [await run('alice'), await run('alice'), await run('alice'), await run('alice')];
    // Two in turn where there is time to make a second one.
    if (isolation === 'cells') expect(new Set(own).size).toBeLessThanOrEqual(2);
    else expect(new Set(own).size).toBe(4);
    expect(own).not.toContain(await run('bob'));
    expect(own).not.toContain(await run('alice', 'perl', 'print "ran\\n"'));
    expect(own).not.toContain(await run('bob'));
  });

  test('whose key says so, or whose job, has a container for each job alone, which goes with it', async () => {
    const [first, second] = [await run('carol'), await run('carol')];
    const [third, fourth] = [await submit('alice', { isolation: 'container' }), await run('alice')];
    const own = [first, second, third];
    expect(new Set([...own, fourth]).size).toBe(4);
    for (const id of own) await expect.poll(() => isThere(id), { timeout: 5_000 }).toBe(false);
  });

  test('another isolation than container is refused, by name', async () => {
    const response = await call('alice', '/jobs', '{"code":"x","language":"python","isolation":"none"}');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('isolation');
  });

  test('waiting containers that somebody removes cost no job an attempt', async () => {
    await run('alice');
    // One whose job has just ended may go by itself meanwhile.
    const remove = (name: string) => docker.getContainer(name.slice(1)).remove({ force: true });
    await Promise.allSettled((await containersOf(runner)).map(remove));
    await expect.poll(() => containersOf(runner), { timeout: 20_000 }).not.toEqual([]);
    await run('alice');
  });
});

test('a runner whose host refuses user namespaces gives each program a container, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-isolation-'));
  const root = copyProject(join(folder, 'project'));
  // The kernel is not asked: the container's own filter refuses first.
  writeFileSync(join(root, 'sandbox/seccomp-cells.json'), '[]');
  const runner = `isolation-refused-${process.pid}`;
  const environment = { ...testEnvironment(folder, runner), LANGUAGES: 'perl' };
  const config = { ...loadConfig(environment), root };
  const { temporalExecutable } = shared;
  const service = await startService({ config, environment, temporalExecutable, report: () => {} });
  try {
    const headers = { 'X-API-Key': KEY };
    const readiness = { headers: { ...headers, Accept: 'application/json' } };
    const told = async () => (await fetch(`${service.apiUrl}/ready`, readiness)).text();
    // The server hears of each of the runner's workers by itself.
    await expect.poll(told, { timeout: 10_000 }).toContain('cells-refused');
    for (let n = 0; n < 3; n++) {
      const answer = await fetch(`${service.apiUrl}/lang/perl`, {
        method: 'POST',
        headers,
        body: 'print "ran"',
      });
      expect(await answer.text()).toBe('ran');
    }
    const containers = readGiven(join(folder, 'runner.log')).map(({ container }) => container);
    expect(new Set(containers).size).toBe(containers.length);
  } finally {
    await service.stop();
    await expectNoContainers(runner);
    rmSync(folder, { recursive: true });
  }
});
