// Jobs that wait for their dependencies, here for ever, take nothing from the others of their language.
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedJobSchema, type JobBody, jobBodySchema } from '../../src/api/job-schemas.js';
import { loadConfig } from '../../src/config.js';
import { configuredLanguages, type Language } from '../../src/languages.js';
import { setUp } from '../../src/set-up.js';
import { type Service, startService } from '../../src/start-service.js';
import { dependencyImageName } from '../../src/workers/image-recipe.js';
import { addressForBuilds } from './address-for-builds.js';
import { testEnvironment } from './global-setup.js';
import { docker, expectNoContainers, KEY, service as shared } from './service.js';

const folder = mkdtempSync(join(tmpdir(), 'braindrill-away-'));
const runner = `away-${process.pid}`;
const headers = { 'X-API-Key': KEY, Accept: 'application/json' };

/** More than Python has slots, also where they are many. */
const WAITING = 12;

/** A registry's proxy that takes connections and never answers. */
const asked = new Set<Socket>();
const silent = createServer((socket) => {
  asked.add(socket);
  socket.on('error', () => {}).on('close', () => asked.delete(socket));
  // Or it would not see who hangs up.
  socket.resume();
});
let service: Service;

beforeAll(async () => {
  const host = await addressForBuilds();
  await new Promise<void>((resolve) => silent.listen(0, host, resolve));
  const { port } = silent.address() as AddressInfo;
  const environment = {
    ...testEnvironment(folder, runner),
    LANGUAGES: 'python',
    RUNNER_CORES: '2',
    DEPENDENCIES_ENABLED: 'true',
    DEPENDENCIES_PROXY: `http://${host}:${port}`,
  };
  const config = loadConfig(environment);
  // What the other tests do not have is built first.
  await setUp({ ...config, temporal: { ...config.temporal, address: 'another' } }, () => {});
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
}, 900_000);

afterAll(async () => {
  await service?.stop();
  await expectNoContainers(runner);
  for (const socket of asked) socket.destroy();
  silent.close();
  rmSync(folder, { recursive: true });
}, 120_000);

const get = async (id: string): Promise<JobBody> =>
  jobBodySchema.parse(await (await fetch(`${service.apiUrl}/jobs/${id}`, { headers })).json());

test('they hold no slot, and are over when their callers hang up', {
  timeout: 240_000,
}, async () => {
  const hangUp = new AbortController();
  const manifests = Array.from({ length: WAITING }, (_, number) => `six==1.${number}.0\n`);
  const answers = manifests.map((content) =>
    fetch(`${service.apiUrl}/lang/python`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/vnd.braindrill.job+json' },
      body: JSON.stringify({
        code: '1',
        manifest: 'requirements.txt',
        files: [{ path: 'requirements.txt', content }],
      }),
      signal: hangUp.signal,
    }).catch((error: Error) => error.name),
  );
  await expect.poll(() => asked.size, { timeout: 60_000, interval: 100 }).toBeGreaterThan(0);

  const submitted = await fetch(`${service.apiUrl}/jobs`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ code: 'print(6 * 7)', language: 'python' }),
  });
  const { job_id: id } = acceptedJobSchema.parse(await submitted.json());
  await expect.poll(async () => (await get(id)).status, { timeout: 10_000 }).toBe('completed');
  expect(asked.size, 'the others wait still').toBeGreaterThan(0);

  hangUp.abort();
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['AbortError']));
  await expect.poll(() => asked.size, { timeout: 60_000, interval: 100 }).toBe(0);
  // The engine keeps nothing of the builds.
  const languages = configuredLanguages(loadConfig({ CONFIG_FILE: '/dev/null' }));
  const python = languages.find(({ id }) => id === 'python') as Language;
  const names = manifests.map((text) => dependencyImageName(python, { name: 'requirements.txt', text }));
  const left = async () => {
    const labels = names.map((name) => `braindrill.resolving=${name}`);
    const found = await Promise.all(
      labels.map((label) => docker.listImages({ filters: { label: [label] } })),
    );
    return found.flat().length;
  };
  await expect.poll(left, { timeout: 60_000, interval: 500 }).toBe(0);
});
