// One language's jobs bring packages along, from the registry that pip knows; `npm run test:dependencies` does it in all of them. A machine that reaches
// none fails here, and says so.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedJobSchema, type JobBody, jobBodySchema } from '../../src/api/job-schemas.js';
import { loadConfig } from '../../src/config.js';
import { setUp } from '../../src/set-up.js';
import { type Service, startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import { expectNoContainers, hasEnded, KEY, service as shared } from './service.js';

const folder = mkdtempSync(join(tmpdir(), 'braindrill-manifests-'));
const runner = `manifests-${process.pid}`;
const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env;
const caFile = SSL_CERT_FILE || NODE_EXTRA_CA_CERTS;
const headers = { 'X-API-Key': KEY };
let service: Service;

const submit = (requirements: string, code: string) =>
  fetch(`${service.apiUrl}/jobs`, {
    ...{ method: 'POST', headers },
    body: JSON.stringify({
      ...{ language: 'python', code, manifest: 'requirements.txt' },
      files: [{ path: 'requirements.txt', content: requirements }],
    }),
  });

async function run(requirements: string, code: string): Promise<JobBody> {
  const { job_id: id } = acceptedJobSchema.parse(await (await submit(requirements, code)).json());
  const read = async () =>
    jobBodySchema.parse(await (await fetch(`${service.apiUrl}/jobs/${id}`, { headers })).json());
  await expect.poll(async () => hasEnded(await read()), { timeout: 300_000, interval: 200 }).toBe(true);
  return read();
}

beforeAll(async () => {
  const environment = {
    ...testEnvironment(folder, runner),
    LANGUAGES: 'python',
    DEPENDENCIES_ENABLED: 'true',
    ...(caFile ? { DEPENDENCIES_CA_FILE: caFile } : {}),
  };
  const config = loadConfig(environment);
  await setUp(config, (line) => console.log(line));
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
}, 900_000);

afterAll(async () => {
  await service?.stop();
  await expectNoContainers(runner);
  rmSync(folder, { recursive: true });
}, 120_000);

describe('jobs with a manifest', { timeout: 600_000 }, () => {
  test('a program has the packages that it names', async () => {
    const job = await run('six==1.16.0\n', 'import six; print(six.__version__)');
    if (job.status !== 'completed')
      console.error(`THE REGISTRY CANNOT BE REACHED, SO NOTHING ABOUT DEPENDENCIES IS TESTED: ${job.error}`);
    expect(job).toMatchObject({ status: 'completed', stdout: '1.16.0\n', attempt: 1 });
  });

  test('a job whose packages cannot be had has failed, and says why', async () => {
    const job = await run('six==99\n', 'print(1)');
    expect(job).toMatchObject({ status: 'failed', reason: 'dependencies', started_at: null, attempt: 1 });
    expect(job.stderr).toContain('six==99');
  });

  test('a manifest that names a file or an address is refused at once', async () => {
    for (const line of [
      './six.whl',
      'six @ https://packages.test/six.whl',
      'git+https://packages.test/six',
    ]) {
      const answer = await submit(`idna\n${line}\n`, 'print(1)');
      expect([answer.status, await answer.text()], line).toEqual([
        400,
        expect.stringContaining('manifest: requirements.txt: line 2: '),
      ]);
    }
  });
});
