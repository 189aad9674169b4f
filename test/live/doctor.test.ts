// What an operator sees of this host, whether the service runs or not.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { testEnvironment } from './global-setup.js';
import { copyProject } from './project-copy.js';
import { docker, service } from './service.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-doctor-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Line = { level: string; title: string; text: string };

/** Runs `npm run doctor` with ports that are free, unless others are given; of a copy of the project, what it runs. */
async function askDoctor(environment: NodeJS.ProcessEnv = {}, root?: string) {
  const env = { ...testEnvironment(folder, 'doctor'), CONFIG_FILE: '/dev/null', ...environment };
  const [program, ...words] = root
    ? [process.execPath, `${root}/dist/src/doctor.js`]
    : ['npm', 'run', '--silent', 'doctor'];
  const { stdout, code } = await promisify(execFile)(program as string, words, {
    cwd: PROJECT_ROOT,
    env,
  }).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  );
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): Line => {
      const [, level = '', title = '', text = ''] = /^(\w+) +(\S+(?: \d+)?) +(.*)$/.exec(line) ?? [];
      return { level, title, text };
    });
  return { code, lines, line: (title: string) => lines.find((one) => one.title === title) };
}

test('everything is looked at, and this host can run jobs', { timeout: 60_000 }, async () => {
  const { code, lines, line } = await askDoctor();
  const titles = new Set(lines.map(({ title }) => title));
  expect([...titles]).toEqual([
    ...[
      'node',
      'engine',
      'runc',
      'runtimes',
      'seccomp',
      'cgroups',
      'sandbox',
      'cells',
      'core_pattern',
      'disk',
      'images',
    ],
    ...['temporal', 'port 0'],
  ]);
  for (const one of lines) expect(['ok', 'warning'], one.text).toContain(one.level);
  expect(code).toBe(0);
  expect(line('engine')?.text).toContain((await docker.version()).Version);
  expect(line('sandbox')).toMatchObject({ level: 'ok', text: expect.stringContaining('seen from inside') });
  expect(line('cells')).toMatchObject({ level: 'ok', text: expect.stringContaining('can be made') });
  for (const id of testEnvironment(folder, 'doctor').LANGUAGES?.split(',') ?? []) {
    expect(line('images')?.text).toMatch(new RegExp(`\\b${id}\\b`));
  }
  const left = await docker.listContainers({ all: true, filters: { name: ['doctor-'] } });
  expect(left).toEqual([]);
});

test('a server that answers is told with its version, one that does not is a problem', {
  timeout: 60_000,
}, async () => {
  const { temporalAddress } = service;
  const [reached, missed] = await Promise.all([
    askDoctor({ TEMPORAL_ADDRESS: temporalAddress }),
    askDoctor({ TEMPORAL_ADDRESS: '127.0.0.1:1' }),
  ]);
  expect(reached.line('temporal')).toEqual({
    level: 'ok',
    title: 'temporal',
    text: expect.stringMatching(/^server \d+\.\d+\.\d+ answers at .*, namespace default$/),
  });
  expect(missed.line('temporal')).toMatchObject({
    level: 'problem',
    text: expect.stringContaining('TEMPORAL_ADDRESS'),
  });
  expect([reached.code, missed.code]).toEqual([0, 1]);
});

test('ports are free, the service’s own, or taken by somebody who is named', {
  timeout: 60_000,
}, async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const taken = (server.address() as AddressInfo).port;
  const ours = Number(new URL(service.apiUrl).port);
  const { code, line } = await askDoctor({
    HTTP_PORT: `${ours}`,
    RUNNER_METRICS_PORT: `${taken}`,
    TEMPORAL_PORT: service.temporalAddress.split(':').at(-1) as string,
  });
  expect(line(`port ${ours}`)).toMatchObject({ level: 'ok', text: expect.stringContaining('api/server.js') });
  expect(line(`port ${taken}`)).toMatchObject({ level: 'problem' });
  expect(line(`port ${taken}`)?.text).toMatch(new RegExp(`process ${process.pid}, .*RUNNER_METRICS_PORT`));
  expect(line('temporal')).toMatchObject({ level: 'ok', text: expect.stringContaining('answers') });
  expect(code).toBe(1);
});

test('an engine that is away is a problem, unless none is needed', { timeout: 60_000 }, async () => {
  const DOCKER_HOST = `unix://${folder}/no-engine.sock`;
  const [away, api] = await Promise.all([
    askDoctor({ DOCKER_HOST }),
    askDoctor({ DOCKER_HOST, ROLE: 'api', TEMPORAL_ADDRESS: service.temporalAddress }),
  ]);
  expect(away.line('engine')).toMatchObject({ level: 'problem', text: expect.stringContaining('start it') });
  expect(away.line('disk')).toMatchObject({ level: expect.stringMatching(/ok|warning/) });
  expect(api.line('engine')).toMatchObject({ level: 'ok' });
  expect([away.code, api.code]).toEqual([1, 0]);
});

test('a missing image is told with what to do', { timeout: 60_000 }, async () => {
  const root = copyProject(join(folder, 'project'));
  const file = join(root, 'languages/php/language.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^name: .*/m, `name: PHP of ${process.pid}`));
  const { code, line } = await askDoctor({ LANGUAGES: 'perl,php' }, root);
  expect(line('images')).toMatchObject({
    level: 'problem',
    text: expect.stringMatching(/^The image of php, .* is not there: run \.\/deploy\.sh/),
  });
  expect(line('sandbox')).toMatchObject({ level: 'ok' });
  expect(code).toBe(1);
});

test('so is the image that gets dependencies, where jobs may bring some', { timeout: 60_000 }, async () => {
  const root = copyProject(join(folder, 'with-dependencies'));
  const file = join(root, 'languages/python/language.yaml');
  const text = readFileSync(file, 'utf8').replace(/^( +packages: \[)/m, `$1package-of-${process.pid}, `);
  writeFileSync(file, text);
  const LANGUAGES = 'python,perl';
  const [on, off] = await Promise.all([
    askDoctor({ LANGUAGES, DEPENDENCIES_ENABLED: 'true' }, root),
    askDoctor({ LANGUAGES }, root),
  ]);
  expect(on.line('dependencies')).toMatchObject({
    level: 'problem',
    text: expect.stringMatching(/^The image braindrill\/python-resolver:.* is not there: run \.\/deploy\.sh/),
  });
  expect(on.line('images')).toMatchObject({ level: 'ok' });
  expect(off.line('dependencies')).toBeUndefined();
  expect([on.code, off.code]).toEqual([1, 0]);
});

test('an unknown runtime is told with what to do', { timeout: 60_000 }, async () => {
  const { code, line } = await askDoctor({ RUNNER_RUNTIME: 'no-such-runtime' });
  expect(line('runtimes')).toMatchObject({ level: 'problem', text: expect.stringContaining('daemon.json') });
  expect(code).toBe(1);
});
