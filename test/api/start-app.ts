// The API over HTTP on a free loopback port, with jobs that a double takes at once: what stands in front of Temporal is real.
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type ApiKeys, createApiKeys } from '../../src/api/api-keys.js';
import { type AppOptions, createApp } from '../../src/api/app.js';
import { createHttpServer } from '../../src/api/http-server.js';
import type { JobClient } from '../../src/api/job-client.js';
import { createRateLimiter } from '../../src/api/rate-limiter.js';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';
import { createApiMetrics } from '../../src/metrics.js';

export const KEY = 'dev-key-12345';
export const silent = pino({ level: 'silent' });

const rules = { languages: loadLanguages(`${PROJECT_ROOT}/languages`), dangerousPatterns: [] };
const never = () => Promise.reject(new Error('not part of this test'));

/** Accepts every job and does nothing with it. */
export const acceptingJobs: JobClient = {
  submit: async () => '550e8400-e29b-41d4-a716-446655440000',
  run: never,
  get: async () => undefined,
  list: async () => ({ jobs: [], total: 0 }),
};

/** The keys of these settings, no longer watched when the test is over. */
export function createTestKeys(environment: NodeJS.ProcessEnv = {}, log = silent): ApiKeys {
  const keys = createApiKeys(loadConfig({ CONFIG_FILE: '/dev/null', ...environment }), log);
  onTestFinished(() => keys.stop());
  return keys;
}

/** Starts the API until the test is over; what is not given is what a development machine has. */
export async function startApp(options: Partial<AppOptions> = {}): Promise<string> {
  const { log = silent, keys = createTestKeys() } = options;
  const rateLimit = { limiter: createRateLimiter({ log }), maxRequests: 100 };
  const app = createApp({
    keys,
    jobs: acceptingJobs,
    readMembers: async () => [],
    readLanguages: async () => [],
    rules,
    rateLimit,
    maxOpenRequests: 200,
    maxBodyBytes: 64 * 2 ** 20,
    origins: [],
    metrics: createApiMetrics(
      rules.languages,
      async () => undefined,
      async () => undefined,
    ),
    log,
    stopping: () => false,
    ...options,
  });
  const server = createHttpServer(app, { maxConnections: 1_000, log });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Submits a job that passes validation, unless another body is given. */
export function submitTo(url: string, headers: Record<string, string> = { 'X-API-Key': KEY }, body = JOB) {
  return fetch(`${url}/jobs`, { method: 'POST', headers, body });
}

const JOB = JSON.stringify({ code: 'print(1)', language: 'python' });

/** Submits `count` jobs at once and tells how many were answered with which status. */
export async function countStatuses(url: string, count: number, headers?: Record<string, string>) {
  const answers = await Promise.all(Array.from({ length: count }, () => submitTo(url, headers)));
  const statuses: Record<number, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return statuses;
}
