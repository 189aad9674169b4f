// An engine that does not answer for long: the service says so, keeps what it accepted, and is well again by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobBodySchema } from '../../src/api/job-schemas.js';
import { readinessSchema } from '../../src/api/member-schemas.js';
import { loadConfig } from '../../src/config.js';
import { type Service, startService } from '../../src/start-service.js';
import { imageName } from '../../src/workers/build-images.js';
import { runnerLanguages } from '../../src/workers/runner-languages.js';
import { type OwnEngine, startOwnEngine } from '../faults/own-engine.js';
import { testEnvironment } from './global-setup.js';
import { hasEnded, KEY, service as shared } from './service.js';

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('NOT TESTED: an engine that is away for long. Only root can start one to freeze.');

describe.skipIf(!isRoot)('with an engine of its own', () => {
  let folder: string;
  let engine: OwnEngine;
  let service: Service;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'braindrill-engine-away-'));
    const environment = { ...testEnvironment(folder, `away-${process.pid}`), LANGUAGES: 'perl' };
    const config = loadConfig(environment);
    engine = await startOwnEngine(runnerLanguages(config).map(imageName));
    service = await startService({
      config,
      environment: { ...environment, DOCKER_HOST: engine.host },
      temporalExecutable: shared.temporalExecutable,
      report: () => {},
    });
  });

  afterAll(async () => {
    if (engine) process.kill(engine.pid, 'SIGCONT');
    await service?.stop();
    await engine?.stop();
    rmSync(folder, { recursive: true });
  });

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${service.apiUrl}${path}`, { ...init, headers: { 'X-API-Key': KEY, Accept: 'application/json' } });

  async function askRunner() {
    const response = await call('/ready');
    const { members } = readinessSchema.parse(await response.json());
    const { languages, problems } = members.find(({ role }) => role === 'runner') ?? {};
    return [response.status, languages, problems];
  }

  const getJob = async (id: string) => jobBodySchema.parse(await (await call(`/jobs/${id}`)).json());

  test('it stands still: after 30 s no job is taken; it goes on, and so do jobs', {
    timeout: 300_000,
  }, async () => {
    await expect.poll(askRunner, { timeout: 20_000, interval: 500 }).toEqual([200, ['perl'], []]);
    process.kill(engine.pid, 'SIGSTOP');
    const submitted = await call('/jobs', {
      method: 'POST',
      body: JSON.stringify({ code: 'print "thawed"', language: 'perl' }),
    });
    const { job_id: id } = (await submitted.json()) as { job_id: string };
    await expect.poll(askRunner, { timeout: 120_000, interval: 1_000 }).toEqual([503, [], ['engine-away']]);
    expect(hasEnded(await getJob(id))).toBe(false);

    process.kill(engine.pid, 'SIGCONT');
    await expect.poll(askRunner, { timeout: 90_000, interval: 1_000 }).toEqual([200, ['perl'], []]);
    await expect.poll(async () => hasEnded(await getJob(id)), { timeout: 90_000, interval: 500 }).toBe(true);
    expect(await getJob(id)).toMatchObject({ status: 'completed', output: 'thawed' });
  });
});
