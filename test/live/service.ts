// What the live tests share: HTTP to the running service, and the look at what a test left behind.
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import { afterEach, expect, inject } from 'vitest';
import { LANGUAGE_LABEL, RUNNER_LABEL } from '../../src/activities/container-options.js';
import { acceptedJobSchema, type JobBody, jobBodySchema } from '../../src/api/job-schemas.js';
import { JOB_TYPE } from '../../src/api/parse-run-request.js';
import type { JobRequest } from '../../src/job.js';
import { busyContainerIds } from '../hostile/host.js';

export type { JobBody };

export const service = inject('service');
export const docker = new Docker();

export const KEY = 'dev-key-12345';
export const OTHER_KEY = 'test-key-abcde';

type Request = {
  method?: string;
  key?: string | null;
  headers?: Record<string, string>;
  body?: NonNullable<RequestInit['body']>;
};

/** One request with the development key, unless another, or null for none, is given. */
export function request(path: string, { method, key = KEY, headers, body }: Request = {}): Promise<Response> {
  return fetch(`${service.apiUrl}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(key === null ? {} : { 'X-API-Key': key }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

/** Runs code synchronously and answers with the whole job. Here and below, a body other than the schema's is an error. */
export async function runCode(language: string, code: string): Promise<JobBody> {
  return run(language, code, {});
}

/** The same of a job with more than its code. */
export async function runJob({ language, ...job }: JobRequest): Promise<JobBody> {
  return run(language, JSON.stringify(job), { 'Content-Type': JOB_TYPE });
}

async function run(language: string, body: string, headers: Record<string, string>): Promise<JobBody> {
  const response = await request(`/lang/${language}`, {
    body,
    headers: { Accept: 'application/json', ...headers },
  });
  expect(response.status, await response.clone().text()).toBe(200);
  return jobBodySchema.parse(await response.json());
}

export async function submit(language: string, code: string, key = KEY): Promise<string> {
  const response = await request('/jobs', { body: JSON.stringify({ code, language }), key });
  expect(response.status, await response.clone().text()).toBe(200);
  return acceptedJobSchema.parse(await response.json()).job_id;
}

export async function getJob(id: string, key = KEY): Promise<JobBody> {
  return jobBodySchema.parse(await (await request(`/jobs/${id}`, { key })).json());
}

/** Polls a job until `is` holds. */
export async function untilJob(
  id: string,
  is: (job: JobBody) => boolean,
  limitMs = 60_000,
): Promise<JobBody> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const job = await getJob(id);
    if (is(job)) return job;
    if (Date.now() > deadline) throw new Error(`job ${id} is still ${job.status} after ${limitMs} ms`);
    await sleep(50);
  }
}

export const hasEnded = ({ status }: JobBody) => !['queued', 'running'].includes(status);

/** Names of a runner's containers for programs (not its holders), whether one runs in them or not. */
export async function containersOf(runner: string): Promise<string[]> {
  return (await listContainers(runner)).map(({ Names }) => Names[0] as string);
}

/** Names of those of a runner's containers in which a program runs. */
export async function busyContainers(runner = service.runnerName): Promise<string[]> {
  const containers = await listContainers(runner);
  const busy = busyContainerIds();
  return containers.filter(({ Id }) => busy.has(Id)).map(({ Names }) => Names[0] as string);
}

async function listContainers(runner: string) {
  const filters = { label: [`${RUNNER_LABEL}=${runner}`] };
  const containers = await docker.listContainers({ all: true, filters });
  return containers.filter(({ Labels }) => LANGUAGE_LABEL in Labels);
}

/** Fails when a runner that was stopped has left containers. */
export const expectNoContainers = (runner: string) => expectNone(() => containersOf(runner), 3_000);

/** Fails when programs still run after `limitMs`. */
export const expectNoPrograms = (runner = service.runnerName, limitMs = 3_000) =>
  expectNone(() => busyContainers(runner), limitMs);

async function expectNone(look: () => Promise<string[]>, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  let left = await look();
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(50);
    left = await look();
  }
  expect(left, 'containers').toEqual([]);
}

/** After each test of a file: no program may be left. */
export function checkLeaksAfterEach(): void {
  afterEach(() => expectNoPrograms());
}
