// A service for the hostile programs alone, started by the same steps as any other, and what they ask of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { acceptedJobSchema, type JobBody, jobBodySchema } from '../../src/api/job-schemas.js';
import { JOB_TYPE } from '../../src/api/parse-run-request.js';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import type { JobRequest } from '../../src/job.js';
import { setUp } from '../../src/set-up.js';
import { type Service, startService } from '../../src/start-service.js';
import { type Given, readGiven } from '../given-containers.js';
import { testEnvironment } from '../live/global-setup.js';
import type { Options } from './options.js';

/** Memory that the runner may fill with what compile steps made. */
export const COMPILE_CACHE_MB = 16;

export const KEY = 'dev-key-12345';
export const OTHER_KEY = 'test-key-abcde';
const ANSWER_MS = 180_000;

export type HostileService = {
  docker: Docker;
  runnerName: string;
  processes: Service['processes'];
  isolation: Options['isolation'];
  run(job: JobRequest, key?: string): Promise<JobBody>;
  submit(language: string, code: string): Promise<string>;
  /** Waits until a job is, or is not, any of these. */
  untilJob(id: string, is: (job: JobBody) => boolean): Promise<JobBody>;
  /** The container that a job was given last. */
  containerOf(jobId: string): string | undefined;
  stop(): Promise<void>;
};

export async function startHostileService(
  isolation: Options['isolation'],
  report: (line: string) => void,
): Promise<HostileService> {
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-hostile-'));
  const runnerName = `hostile-${process.pid}`;
  const environment: NodeJS.ProcessEnv = {
    ...testEnvironment(folder, runnerName),
    CONFIG_FILE: join(PROJECT_ROOT, 'test/hostile/application.yaml'),
    // Two programs have to run at once, also where there is one core.
    RUNNER_CORES: `${Math.max(2, availableParallelism())}`,
    RUNNER_ISOLATION: isolation,
    RUNNER_COMPILE_CACHE_MB: `${COMPILE_CACHE_MB}`,
  };
  const { LANGUAGES, CONFIG_FILE } = environment;
  const { docker, temporalExecutable } = await setUp(loadConfig({ LANGUAGES, CONFIG_FILE }), report);
  const config = loadConfig(environment);
  const service = await startService({ config, environment, temporalExecutable, report });

  const call = (path: string, init: RequestInit = {}, key = KEY) =>
    fetch(`${service.apiUrl}${path}`, {
      ...init,
      headers: { 'X-API-Key': key, Accept: 'application/json', 'Content-Type': JOB_TYPE },
      signal: AbortSignal.timeout(ANSWER_MS),
    });

  return {
    docker: docker as Docker,
    runnerName,
    processes: service.processes,
    isolation,
    async run({ language, ...job }, key) {
      const response = await call(`/lang/${language}`, { method: 'POST', body: JSON.stringify(job) }, key);
      return jobBodySchema.parse(await answer(response));
    },
    async submit(language, code) {
      const response = await call('/jobs', { method: 'POST', body: JSON.stringify({ code, language }) });
      return acceptedJobSchema.parse(await answer(response)).job_id;
    },
    async untilJob(id, is) {
      const deadline = Date.now() + ANSWER_MS;
      for (;;) {
        const job = jobBodySchema.parse(await answer(await call(`/jobs/${id}`)));
        if (is(job)) return job;
        if (Date.now() > deadline) throw new Error(`job ${id} is still ${job.status}`);
        await sleep(50);
      }
    },
    containerOf: (jobId) =>
      readGiven(join(folder, 'runner.log')).findLast((given: Given) => given.jobId === jobId)?.container,
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function answer(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${text}`);
  return JSON.parse(text);
}
