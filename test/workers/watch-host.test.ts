// The watch against an engine of which only the list of images answers, at the wire.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Docker from 'dockerode';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { type Finding, finding } from '../../src/host-finding.js';
import type { Language } from '../../src/languages.js';
import { createRunnerMetrics } from '../../src/metrics.js';
import { imageName } from '../../src/workers/build-images.js';
import { resolverName } from '../../src/workers/image-recipe.js';
import { runnerLanguages } from '../../src/workers/runner-languages.js';
import { type HostWatch, watchHost } from '../../src/workers/watch-host.js';

const languages = runnerLanguages(loadConfig({ CONFIG_FILE: '/dev/null', LANGUAGES: 'python,bash' }));
const metrics = createRunnerMetrics();
const log = pino({ level: 'silent' });

let engine: Server;
let port = 0;
let present: string[];
/** Languages whose jobs' dependencies can be got. */
let resolvers: string[];
let broken: string[];
let proved: string[];
let looks: { codes: string[]; texts: string[]; languages: string[]; resolving: string[] }[];
let watch: HostWatch | undefined;

const listen = () =>
  new Promise<void>((resolve) => {
    engine = createServer((_, response) => {
      const tags = [
        ...languages.filter(({ id }) => present.includes(id)).map(imageName),
        ...languages.filter(({ id }) => resolvers.includes(id)).map(resolverName),
      ];
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(tags.map((tag) => ({ RepoTags: [tag] }))));
    }).listen(port, '127.0.0.1', () => {
      ({ port } = engine.address() as AddressInfo);
      resolve();
    });
  });

const close = () =>
  new Promise<void>((resolve) => {
    engine.close(() => resolve());
    engine.closeAllConnections();
  });

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  [present, resolvers, broken, proved, looks] = [['python', 'bash'], ['python'], [], [], []];
  port = 0;
  await listen();
});

afterEach(async () => {
  vi.useRealTimers();
  await watch?.stop();
  await close();
});

async function start(lasting: Finding[] = [], dependencies = true): Promise<void> {
  watch = await watchHost({
    docker: new Docker({ host: '127.0.0.1', port, protocol: 'http' }),
    languages,
    dependencies,
    disks: [],
    lasting,
    proves: async ({ id }) => {
      proved.push(id);
      return !broken.includes(id);
    },
    onLook: async (findings: Finding[], working: Language[], resolving: Language[]) => {
      looks.push({
        codes: findings.map(({ code }) => code),
        texts: findings.map(({ text }) => text),
        languages: working.map(({ id }) => id),
        resolving: resolving.map(({ id }) => id),
      });
    },
    log,
    metrics,
  });
}

/** Has the watch look, and answers with what came of it. */
async function look() {
  const before = looks.length;
  watch?.lookNow();
  await vi.waitFor(() => expect(looks.length).toBeGreaterThan(before), { timeout: 5_000 });
  return looks.at(-1);
}

async function problems(code: string): Promise<number> {
  const { values } = await metrics.problems.get();
  return values.find(({ labels }) => labels.code === code)?.value ?? Number.NaN;
}

test('languages are proved once and taken', async () => {
  await start();
  expect(looks).toMatchObject([{ codes: [], languages: ['python', 'bash'] }]);
  expect(await look()).toMatchObject({ codes: [], languages: ['python', 'bash'] });
  expect(proved.toSorted()).toEqual(['bash', 'python']);
});

test('a language without its image is not taken; when it is back it is proved again and taken', async () => {
  await start();
  present = ['python'];
  expect(await look()).toMatchObject({ codes: ['image-missing'], languages: ['python'] });
  expect(looks.at(-1)?.texts[0]).toContain('bash');
  expect(await problems('image-missing')).toBe(1);
  present = ['python', 'bash'];
  expect(await look()).toMatchObject({ codes: [], languages: ['python', 'bash'] });
  expect(proved.filter((id) => id === 'bash')).toHaveLength(2);
  expect(await problems('image-missing')).toBe(0);
});

test('a language in which hello world does not work is not taken before it does', async () => {
  broken = ['bash'];
  await start();
  expect(looks).toMatchObject([{ codes: ['language-broken'], languages: ['python'] }]);
  broken = [];
  expect(await look()).toMatchObject({ codes: [], languages: ['python', 'bash'] });
  expect(proved.filter((id) => id === 'bash')).toHaveLength(2);
});

test('without what gets its dependencies a language is taken, and its jobs that bring some are not', async () => {
  await start();
  const well = { codes: [], languages: ['python', 'bash'], resolving: ['python'] };
  expect(looks).toMatchObject([well]);
  resolvers = [];
  expect(await look()).toMatchObject({ ...well, codes: ['resolver-missing'], resolving: [] });
  expect(looks.at(-1)?.texts[0]).toContain('python-resolver');
  resolvers = ['python'];
  expect(await look()).toMatchObject(well);
  present = ['bash'];
  expect(await look()).toMatchObject({ codes: ['image-missing'], languages: ['bash'], resolving: [] });
});

test('and where dependencies are switched off nothing is missing', async () => {
  resolvers = [];
  await start([], false);
  expect(looks).toMatchObject([{ codes: [], languages: ['python', 'bash'], resolving: [] }]);
});

test('an engine that does not answer for a moment changes nothing; for long, no job is taken until it is back', async () => {
  await start();
  await close();
  expect(await look()).toMatchObject({ codes: [], languages: ['python', 'bash'] });
  vi.setSystemTime(Date.now() + 31_000);
  expect(await look()).toMatchObject({ codes: ['engine-away'], languages: [] });
  await listen();
  expect(await look()).toMatchObject({ codes: [], languages: ['python', 'bash'] });
  expect(proved).toHaveLength(2);
});

test('with a problem of the whole host nothing is taken, and nothing is run to prove a language', async () => {
  await start([finding('sandbox-open', 'open')]);
  expect(looks).toMatchObject([{ codes: ['sandbox-open'], languages: [] }]);
  expect(proved).toEqual([]);
});

test('warnings keep no language from being taken', async () => {
  await start([finding('runc-old', 'old')]);
  expect(looks).toMatchObject([{ codes: ['runc-old'], languages: ['python', 'bash'] }]);
});

test('a look that is asked for while one is under way comes after it', async () => {
  await start();
  present = ['python'];
  watch?.lookNow();
  watch?.lookNow();
  await vi.waitFor(() => expect(looks.at(-1)?.languages).toEqual(['python']), { timeout: 5_000 });
});
