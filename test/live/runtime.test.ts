// Another OCI runtime: here the engine's own under the other name that it has, which goes the same ways.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUNNER_LABEL } from '../../src/activities/container-options.js';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import {
  busyContainers,
  docker,
  expectNoContainers,
  expectNoPrograms,
  type JobBody,
  KEY,
  service as shared,
} from './service.js';

const OTHER = 'io.containerd.runc.v2';
const runner = `runtime-${process.pid}`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-runtime-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function withService<T>(
  environment: NodeJS.ProcessEnv,
  use: (service: Service) => Promise<T>,
): Promise<T> {
  const all = {
    ...testEnvironment(folder, runner),
    LANGUAGES: 'perl,php',
    TEMPORAL_ADDRESS: shared.temporalAddress,
    TEMPORAL_NAMESPACE: runner,
    ...environment,
  };
  const service = await startService({
    config: loadConfig(all),
    environment: all,
    temporalExecutable: undefined,
    report: () => {},
  });
  try {
    return await use(service);
  } finally {
    await service.stop();
    await expectNoContainers(runner);
  }
}

async function run({ apiUrl }: Service, language: string, code: string): Promise<JobBody> {
  const headers = { 'X-API-Key': KEY, Accept: 'application/json' };
  return (await (
    await fetch(`${apiUrl}/lang/${language}`, { method: 'POST', body: code, headers })
  ).json()) as JobBody;
}

/** Runs a program for a while, and answers with the options that its container has meanwhile. */
async function hostConfigOf(service: Service, language: string, code: string) {
  const running = run(service, language, code);
  const name = await expect
    .poll(async () => (await busyContainers(runner))[0], { timeout: 20_000 })
    .toBeDefined()
    .then(async () => (await busyContainers(runner))[0] as string);
  const { HostConfig, Config } = await docker.getContainer(name.slice(1)).inspect();
  expect(await running).toMatchObject({ status: 'completed', output: 'ok' });
  await expectNoPrograms(runner);
  return { ...HostConfig, Hostname: Config.Hostname };
}

const countHolders = async () => {
  const filters = { label: [`${RUNNER_LABEL}=${runner}`] };
  const containers = await docker.listContainers({ all: true, filters });
  return containers.filter(({ Names }) => Names[0]?.includes('-holder-')).length;
};

const SLOW_PERL = 'sleep 2; print "ok"';

test('a runtime for all: each container has it and a network namespace of its own, and there are no holders', {
  timeout: 120_000,
}, async () => {
  await withService({ RUNNER_RUNTIME: OTHER }, async (service) => {
    const options = await hostConfigOf(service, 'perl', SLOW_PERL);
    expect(options).toMatchObject({ Runtime: OTHER, NetworkMode: 'none', Hostname: 'braindrill' });
    expect(await countHolders()).toBe(0);
    const ended = await run(service, 'perl', '$x = "x" x 100_000_000');
    expect(ended).toMatchObject({ status: 'failed', reason: 'memory_limit' });
  });
});

test('a runtime for one language leaves the others as they are', { timeout: 120_000 }, async () => {
  const file = join(folder, 'application.yaml');
  writeFileSync(file, `resources: {perl: {runtime: ${OTHER}}}`);
  await withService({ CONFIG_FILE: file }, async (service) => {
    expect(await hostConfigOf(service, 'perl', SLOW_PERL)).toMatchObject({
      Runtime: OTHER,
      NetworkMode: 'none',
    });
    const php = await hostConfigOf(service, 'php', '<?php sleep(2); echo "ok";');
    expect(php).toMatchObject({ Runtime: 'runc', NetworkMode: expect.stringMatching(/^container:/) });
    expect(await countHolders()).toBeGreaterThan(0);
  });
});

test('a runtime that the engine has not ends the runner’s start with a sentence', async () => {
  const env = {
    ...testEnvironment(folder, runner),
    LANGUAGES: 'perl',
    RUNNER_RUNTIME: 'no-such-runtime',
    TEMPORAL_ADDRESS: shared.temporalAddress,
  };
  const start = promisify(execFile)(process.execPath, [`${PROJECT_ROOT}/dist/src/workers/runner.js`], {
    env,
  });
  const failed = await start.catch((error: { code: number; stderr: string }) => error);
  expect(failed).toMatchObject({ code: 1 });
  const { Runtimes } = await docker.info();
  for (const text of ['no-such-runtime', 'RUNNER_RUNTIME', ...Object.keys(Runtimes)]) {
    expect(failed.stderr).toContain(text);
  }
});
