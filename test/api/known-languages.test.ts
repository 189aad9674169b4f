import type { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { createLanguagesReader } from '../../src/api/known-languages.js';
import { languageListSchema } from '../../src/api/language-schemas.js';
import { createWorkersReader, type LiveWorker } from '../../src/api/live-workers.js';
import type { CodeRules } from '../../src/code-rules.js';
import { loadConfig } from '../../src/config.js';
import { type Language, loadLanguages } from '../../src/languages.js';
import { startApp } from './start-app.js';

const all = loadLanguages(`${loadConfig({ CONFIG_FILE: '/dev/null' }).root}/languages`);
const served = all.filter(({ id }) => ['python', 'java'].includes(id));
const absent = all.filter((language) => !served.includes(language));
const worker = (identity: string, queue: string): LiveWorker => ({ key: identity, identity, queue });

const read = (workers: LiveWorker[]) =>
  createLanguagesReader(async () => workers, { languages: served, absent, dangerousPatterns: [] })();

test('a language is as its runners tell, and those of the service come first', async () => {
  const languages = await read([
    worker('runner 7@a', 'run-python'),
    worker('runner 7@a versions=python:3.13.5 tested=2026-01-31T09:30:00.000Z', 'host-a'),
    worker('runner 8@b', 'run-python'),
    worker('runner 8@b versions=python:3.13.6,java:25 tested=2026-01-31T09:40:00.000Z', 'host-b'),
    // It has a language whose jobs it does not take any more.
    worker('runner 9@c versions=python:2.7 tested=2026-01-31T09:50:00.000Z', 'host-c'),
    worker('4711@somebody', 'run-java'),
  ]);
  expect(languages).toHaveLength(all.length);
  const [java, python, other] = languages;
  expect(python).toMatchObject({
    ...{ id: 'python', available: true, version: '3.13.5, 3.13.6', tested_at: '2026-01-31T09:40:00.000Z' },
    ...{ note: null, file: 'main.py', compiled: false, limits: { cpus: 1, time_limit_ms: 5000 } },
  });
  expect(java).toMatchObject({ id: 'java', available: false, version: null, tested_at: null });
  expect(java?.note).toContain('No runner takes its jobs now');
  expect(other).toMatchObject({ available: false });
  expect(other?.note).toBe(
    `The operator can add ${other?.name}: LANGUAGES=java,python,${other?.id} ./deploy.sh`,
  );
});

test('a language with libraries tells of those that its runners have', async () => {
  const libraries = [
    { name: 'a', package: 'a' },
    { name: 'b', package: undefined },
  ];
  const data = { ...(served[1] as Language), id: 'data', libraries };
  const runner = (name: string, words: string) => [
    worker(`runner 7@${name}`, 'run-data'),
    worker(`runner 7@${name} versions=data:3.13 ${words}tested=2026-01-31T09:30:00.000Z`, `host-${name}`),
  ];
  const versions = async (...workers: LiveWorker[]) => {
    const [language] = await createLanguagesReader(async () => workers, {
      languages: [data],
      dangerousPatterns: [],
    })();
    return language?.libraries.map(({ name, version }) => [name, version]);
  };
  const [one, two] = [runner('x', 'libraries=data:1.0;2.1 '), runner('y', 'libraries=data:1.0;2.0 ')];
  expect(await versions(...one, ...two)).toEqual([
    ['a', '1.0'],
    ['b', '2.0, 2.1'],
  ]);
  expect(await versions()).toEqual([
    ['a', null],
    ['b', null],
  ]);
  const odd = [...runner('z', 'libraries=data:1.0 '), ...runner('v', '')];
  expect(await versions(...odd), 'one with another list, and one without').toEqual([
    ['a', null],
    ['b', null],
  ]);
});

test('the manifests that a language takes are told where dependencies are switched on', async () => {
  const rules = { languages: served, dangerousPatterns: [] };
  const manifestsOf = async (rules: CodeRules) =>
    (await createLanguagesReader(async () => [], rules)()).map(({ id, manifests }) => [id, manifests]);
  expect(await manifestsOf({ ...rules, dependencies: { timeLimitMs: 1 } })).toEqual([
    ['java', ['pom.xml']],
    ['python', ['requirements.txt']],
  ]);
  expect(await manifestsOf(rules)).toEqual([
    ['java', []],
    ['python', []],
  ]);
});

test('a runner of a version that tells nothing is a runner', async () => {
  const [, python] = await read([worker('runner 7@a', 'run-python')]);
  expect(python).toMatchObject({ available: true, version: null, tested_at: null, note: null });
});

test('the list needs no key, and is a 503 when Temporal does not answer', async () => {
  const url = await startApp({ readLanguages: () => read([]) });
  const response = await fetch(`${url}/languages`);
  expect(languageListSchema.parse(await response.json()).languages).toHaveLength(all.length);
  const away = await startApp({ readLanguages: () => Promise.reject(new Error('away')) });
  expect((await fetch(`${away}/languages`)).status).toBe(503);
});

test('however many ask for the workers at once, Temporal is asked once', async () => {
  let asked = 0;
  const client = {
    options: { namespace: 'default' },
    connection: { withDeadline: (_: number, call: () => unknown) => call() },
    workflowService: {
      listWorkers: async () => {
        asked++;
        return { workers: [], nextPageToken: new Uint8Array() };
      },
    },
  };
  const readWorkers = createWorkersReader(client as unknown as Client);
  expect(await Promise.all(Array.from({ length: 20 }, readWorkers))).toEqual(Array(20).fill([]));
  expect(asked).toBe(1);
});
