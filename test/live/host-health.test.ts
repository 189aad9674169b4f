// A runner whose host loses an image, and whose disk runs full: what callers and operators see, and that it gets well by itself.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobBodySchema } from '../../src/api/job-schemas.js';
import { type Member, readinessSchema } from '../../src/api/member-schemas.js';
import { loadConfig } from '../../src/config.js';
import { findingSchema, type HostCode } from '../../src/host-finding.js';
import { type Language, loadLanguages } from '../../src/languages.js';
import { type Service, startService } from '../../src/start-service.js';
import { imageName } from '../../src/workers/build-images.js';
import { testEnvironment } from './global-setup.js';
import { copyProject } from './project-copy.js';
import { docker, expectNoContainers, hasEnded, type JobBody, KEY, service as shared } from './service.js';

const runner = `health-${process.pid}`;
const isRoot = process.getuid?.() === 0;
const MIB = 1024 * 1024;

let folder: string;
let data: string;
let root: string;
/** Those of the copy: the first one's image is the one that the runner's holders are made from. */
let perl: Language;
let php: Language;
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'braindrill-health-'));
  data = join(folder, 'data');
  mkdirSync(data);
  if (isRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'braindrill-test', data]);
  root = copyProject(join(folder, 'project'));
  const originals = languagesOf(loadConfig().root);
  for (const id of ['perl', 'php']) {
    const file = join(root, `languages/${id}/language.yaml`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^name: .*/m, `name: ${id} of ${runner}`));
  }
  const copies = languagesOf(root);
  [perl, php] = copies as [Language, Language];
  for (const [index, copy] of copies.entries()) await tag(imageName(originals[index] as Language), copy);

  // Without containers that wait: those would serve a caller after their image has gone.
  const environment = {
    ...testEnvironment(data, runner),
    LANGUAGES: 'perl,php',
    RUNNER_WARM_MEMORY_MB: '0',
  };
  const config = { ...loadConfig(environment), root };
  const { temporalExecutable } = shared;
  service = await startService({ config, environment, temporalExecutable, report: () => {} });
});

afterAll(async () => {
  await service?.stop();
  await expectNoContainers(runner);
  for (const language of [perl, php]) await untag(language).catch(() => {});
  if (isRoot) execFileSync('umount', [data]);
  rmSync(folder, { recursive: true });
});

function languagesOf(project: string): Language[] {
  return loadLanguages(`${project}/languages`).filter(({ id }) => ['perl', 'php'].includes(id));
}

/** Another name of an image that is there. */
async function tag(name: string, language: Language): Promise<void> {
  const [repo, tag] = imageName(language).split(':') as [string, string];
  await docker.getImage(name).tag({ repo, tag });
}

/** What `docker image prune` would do to it; the image has other names and stays. */
const untag = (language: Language) => docker.getImage(imageName(language)).remove();

const call = (path: string, init: RequestInit = {}) =>
  fetch(`${service.apiUrl}${path}`, { ...init, headers: { 'X-API-Key': KEY, Accept: 'application/json' } });

async function submit(language: string, code: string): Promise<string> {
  const response = await call('/jobs', { method: 'POST', body: JSON.stringify({ code, language }) });
  expect(response.status, await response.clone().text()).toBe(200);
  return ((await response.json()) as JobBody).job_id;
}

const getJob = async (id: string) => jobBodySchema.parse(await (await call(`/jobs/${id}`)).json());

async function untilEnded(id: string): Promise<JobBody> {
  await expect.poll(async () => hasEnded(await getJob(id)), { timeout: 60_000, interval: 200 }).toBe(true);
  return getJob(id);
}

async function askRunner(): Promise<[number, Member | undefined]> {
  const response = await call('/ready');
  const { members } = readinessSchema.parse(await response.json());
  return [response.status, members.find(({ role }) => role === 'runner')];
}

/** Waits until /ready tells of the runner like this. */
async function untilRunner(status: number, languages: string[], problems: HostCode[]): Promise<void> {
  const expected = [status, expect.objectContaining({ name: runner, languages, problems })];
  await expect.poll(askRunner, { timeout: 45_000, interval: 500 }).toEqual(expected);
}

test('a runner that is well takes jobs of all its languages', async () => {
  await untilRunner(200, ['perl', 'php'], []);
  const plain = await fetch(`${service.apiUrl}/ready`);
  expect([plain.status, await plain.text()]).toEqual([200, 'ready (2 members)']);
});

test('an image is taken away: its jobs wait, others run, and when it is back so is the language', {
  timeout: 240_000,
}, async () => {
  await untag(perl);
  const waiting = await submit('perl', 'print "it is back"');
  await untilRunner(200, ['php'], ['image-missing']);
  expect(await getJob(waiting)).toMatchObject({ status: 'queued', started_at: null });

  // More at once than there are holders: new ones are made from what was the image of Perl.
  const others = await Promise.all(
    Array.from({ length: 6 }, () => submit('php', '<?php usleep(300000); echo 1;')),
  );
  for (const id of others) expect(await untilEnded(id)).toMatchObject({ status: 'completed', output: '1' });
  expect((await getJob(waiting)).status).toBe('queued');

  expect(await describeHost()).toContainEqual({
    code: 'image-missing',
    severity: 'problem',
    text: expect.stringContaining(imageName(perl)),
  });

  await tag(imageName(languagesOf(loadConfig().root)[0] as Language), perl);
  await untilRunner(200, ['perl', 'php'], []);
  expect(await untilEnded(waiting)).toMatchObject({ status: 'completed', output: 'it is back' });
  const log = readFileSync(join(data, 'runner.log'), 'utf8');
  expect(log).toContain('"code":"image-missing","msg":"The image of perl');
  expect(log).toContain('"code":"image-missing","msg":"Over: The image of perl');
});

/** What the host worker answers to whoever asks over Temporal. */
async function describeHost(): Promise<unknown[]> {
  const words = ['activity', 'execute', '--address', service.temporalAddress, '--type', 'describeHost'];
  const options = ['--task-queue', `host-${runner}`, '--activity-id', `ask-${Date.now()}`];
  const { stdout } = await promisify(execFile)(shared.temporalExecutable, [
    ...words,
    ...options,
    ...['--start-to-close-timeout', '10s', '--output', 'json'],
  ]);
  const { result } = JSON.parse(stdout);
  return findingSchema.array().parse(result);
}

if (!isRoot) console.warn('NOT TESTED: a full disk. Only root may mount the small one that this needs.');
test.skipIf(!isRoot)(
  'the disk runs full: no job is taken until there is room again',
  {
    timeout: 240_000,
  },
  async () => {
    const { bavail, bsize } = statfsSync(data);
    const filler = join(data, 'filler');
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 40 * MIB, 1));
    await untilRunner(503, [], ['disk-full']);
    const plain = await fetch(`${service.apiUrl}/ready`);
    expect([plain.status, await plain.text()]).toEqual([503, 'not ready (2 members)']);
    const id = await submit('perl', 'print "room"');
    expect(await getJob(id)).toMatchObject({ status: 'queued' });

    rmSync(filler);
    await untilRunner(200, ['perl', 'php'], []);
    expect(await untilEnded(id)).toMatchObject({ status: 'completed', output: 'room', attempt: 1 });
  },
);
