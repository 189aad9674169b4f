import { expect, test } from 'vitest';
import { type Member, readinessSchema } from '../../src/api/member-schemas.js';
import { startApp } from './start-app.js';

const RUNNER: Member = {
  role: 'runner',
  name: 'a',
  languages: ['python'],
  problems: [],
  warnings: ['runc-old'],
};
const API: Member = { role: 'api', name: 'b', languages: [], problems: [], warnings: [] };
const IDLE: Member = { ...RUNNER, languages: [], problems: ['disk-full'] };

const text = async (url: string) => {
  const response = await fetch(`${url}/ready`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  return [response.status, await response.text()];
};

const json = async (url: string) => {
  const response = await fetch(`${url}/ready`, { headers: { Accept: 'application/json' } });
  return [response.status, readinessSchema.parse(await response.json())];
};

test.each([
  ['a runner takes jobs', [RUNNER, API], 200, true, 'ready (2 members)'],
  ['the only runner takes none', [IDLE, API], 503, false, 'not ready (2 members)'],
  ['one of two runners does', [IDLE, RUNNER, API], 200, true, 'ready (3 members)'],
  ['there is no runner', [API], 503, false, 'not ready (1 members)'],
])('when %s both forms say so', async (_, members, status, ready, plain) => {
  const url = await startApp({ readMembers: async () => members });
  expect(await text(url)).toEqual([status, plain]);
  expect(await json(url)).toEqual([status, { ready, members }]);
});

test('when Temporal does not answer, nobody is there', async () => {
  const url = await startApp({ readMembers: () => Promise.reject(new Error('away')) });
  expect(await text(url)).toEqual([503, 'not ready (0 members)']);
  expect(await json(url)).toEqual([503, { ready: false, members: [] }]);
});

test('a process that is about to end is not ready', async () => {
  const url = await startApp({ readMembers: async () => [RUNNER, API], stopping: () => true });
  expect(await text(url)).toEqual([503, 'not ready (2 members)']);
  expect(await json(url)).toMatchObject([503, { ready: false }]);
});
