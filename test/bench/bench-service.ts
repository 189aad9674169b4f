// A service with keys of its own to measure: eight callers, and one whose jobs have containers of their own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { loadConfig } from '../../src/config.js';
import type { JobRequest } from '../../src/job.js';
import { digestKey } from '../../src/key-file.js';
import { startService } from '../../src/start-service.js';
import { testEnvironment } from '../live/global-setup.js';

export const CALLERS = Array.from({ length: 8 }, (_, index) => `caller ${index}`);
export const ALONE = 'caller alone';

export type BenchService = {
  temporalAddress: string;
  /** By name: API, runner, Temporal server. */
  pids: Record<string, number>;
  /** Runs a program and checks what it printed. */
  run(key: string, language: string, code: string, expected: string): Promise<void>;
  /** Runs a program, whatever comes of it. */
  runAny(key: string, language: string, code: string): Promise<string>;
  /** Submits a job; answers with its id. */
  submit(key: string, job: JobRequest): Promise<string>;
  get(key: string, path: string): Promise<unknown>;
  stop(): Promise<void>;
};

export async function startBenchService(languages: string): Promise<BenchService> {
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-bench-'));
  const keyFile = join(folder, 'keys.yaml');
  const entries = [
    ...CALLERS.map((key) => ({ name: key.replace(' ', '-'), sha256: digestKey(key) })),
    { name: 'alone', sha256: digestKey(ALONE), isolation: 'container' },
  ];
  writeFileSync(keyFile, JSON.stringify(entries));
  const environment = {
    ...testEnvironment(folder, `bench-${process.pid}`),
    LANGUAGES: languages,
    KEY_FILE: keyFile,
    LOG_LEVEL: 'info',
    HTTP_MAX_OPEN_REQUESTS: '2000',
    // The same program again and again: it is to be compiled each time, as it is beside.
    RUNNER_COMPILE_CACHE_MB: '0',
  };
  const config = loadConfig(environment);
  const { temporalExecutable } = inject('service');
  const service = await startService({ config, environment, temporalExecutable, report: () => {} });

  async function call(key: string, path: string, body?: string): Promise<string> {
    const response = await fetch(`${service.apiUrl}${path}`, {
      headers: { 'X-API-Key': key },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
    return text;
  }

  return {
    temporalAddress: service.temporalAddress,
    pids: Object.fromEntries(
      Object.entries(service.processes).map(([name, process]) => [name, process?.pid ?? 0]),
    ),
    async run(key, language, code, expected) {
      const printed = await call(key, `/lang/${language}`, code);
      if (printed !== expected) throw new Error(`${language} printed ${JSON.stringify(printed)}`);
    },
    runAny: (key, language, code) => call(key, `/lang/${language}`, code),
    async submit(key, job) {
      return (JSON.parse(await call(key, '/jobs', JSON.stringify(job))) as { job_id: string }).job_id;
    },
    get: async (key, path) => JSON.parse(await call(key, path)),
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
