// A service of its own to pull plugs on, and what tests ask of it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import { expect, inject } from 'vitest';
import { RUNNER_LABEL } from '../../src/activities/container-options.js';
import { acceptedJobSchema, type JobBody, jobBodySchema } from '../../src/api/job-schemas.js';
import { loadConfig } from '../../src/config.js';
import { type Service, startService } from '../../src/start-service.js';
import { type Given, readGiven } from '../given-containers.js';
import { busyContainerIds } from '../hostile/host.js';
import { testEnvironment } from '../live/global-setup.js';

export const KEY = 'dev-key-12345';

/** Wide, since the machine may be busy: it is not time limits that are tested here. */
const SETTINGS = 'resources: {python: {timeout-seconds: 10}, perl: {timeout-seconds: 6}}\n';

export type TestedService = {
  runner: string;
  docker: Docker;
  apiUrl: string;
  temporalAddress: string;
  /** What its processes were started with. */
  environment: NodeJS.ProcessEnv;
  processes: Service['processes'];
  /** One request with a key; `apiUrl` names another API than this service's own. */
  call(path: string, init?: RequestInit, limitMs?: number, apiUrl?: string): Promise<Response>;
  submit(language: string, code: string): Promise<string>;
  /** Asks for a job until `is` holds, over deaths of those who are asked. */
  until(jobId: string, is: (job: JobBody) => boolean, limitMs?: number): Promise<JobBody>;
  /** Submits a job and waits until its container runs. */
  startProgram(language: string, code: string): Promise<{ jobId: string; container: Docker.Container }>;
  /** Names of the containers in which a program runs. */
  busyContainers(): Promise<string[]>;
  /** Every container that a job was given, as the runner's log tells it. */
  givenContainers(): Given[];
  stop(): Promise<void>;
};

export const hasEnded = ({ status }: JobBody) => !['queued', 'running'].includes(status);

/** Starts a service with Python and Perl; `dockerHost` names another engine than the machine's. */
export async function startTestedService(name: string, dockerHost?: string): Promise<TestedService> {
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-faults-'));
  const runner = `faults-${name}-${process.pid}`;
  const log = join(folder, 'runner.log');
  const settings = join(folder, 'application.yaml');
  writeFileSync(settings, SETTINGS);
  const environment: NodeJS.ProcessEnv = {
    ...testEnvironment(folder, runner),
    LANGUAGES: 'python,perl',
    CONFIG_FILE: settings,
    ...(dockerHost ? { DOCKER_HOST: dockerHost } : {}),
  };
  const service = await startService({
    config: loadConfig(environment),
    environment,
    temporalExecutable: inject('temporalExecutable'),
    report: () => {},
  });
  const docker = dockerHost ? new Docker({ socketPath: dockerHost.replace('unix://', '') }) : new Docker();

  const call: TestedService['call'] = (path, init = {}, limitMs = 60_000, apiUrl = service.apiUrl) =>
    fetch(`${apiUrl}${path}`, {
      ...init,
      headers: { 'X-API-Key': KEY, ...init.headers },
      signal: AbortSignal.timeout(limitMs),
    });

  async function submit(language: string, code: string): Promise<string> {
    const response = await call('/jobs', { method: 'POST', body: JSON.stringify({ code, language }) });
    expect(response.status).toBe(200);
    return acceptedJobSchema.parse(await response.json()).job_id;
  }

  async function until(jobId: string, is: (job: JobBody) => boolean, limitMs = 120_000): Promise<JobBody> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const response = await call(`/jobs/${jobId}`, {}, 5_000).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      if (response?.status === 200 && text !== undefined) {
        const job = jobBodySchema.parse(JSON.parse(text));
        if (is(job)) return job;
      }
      if (Date.now() > deadline)
        throw new Error(`job ${jobId} has not come so far in ${limitMs} ms: ${text}`);
      await sleep(200);
    }
  }

  return {
    runner,
    docker,
    apiUrl: service.apiUrl as string,
    temporalAddress: service.temporalAddress,
    environment,
    processes: service.processes,
    call,
    submit,
    until,
    async startProgram(language, code) {
      const jobId = await submit(language, code);
      const given = () => readGiven(log).find((one) => one.jobId === jobId)?.container;
      await expect.poll(() => busyContainerIds().has(given() ?? ''), { timeout: 60_000 }).toBe(true);
      const container = docker.getContainer(given() as string);
      return { jobId, container };
    },
    async busyContainers() {
      const filters = { label: [`${RUNNER_LABEL}=${runner}`] };
      const containers = await docker.listContainers({ all: true, filters });
      const busy = busyContainerIds();
      return containers.filter(({ Id }) => busy.has(Id)).map(({ Names }) => Names[0] as string);
    },
    givenContainers: () => readGiven(log),
    async stop() {
      await service.stop();
      const left = await docker.listContainers({
        all: true,
        filters: { label: [`${RUNNER_LABEL}=${runner}`] },
      });
      rmSync(folder, { recursive: true });
      expect(left.map(({ Names }) => Names)).toEqual([]);
    },
  };
}
