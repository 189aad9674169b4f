import { expect, test } from 'vitest';
import { toMembers } from '../../src/api/members.js';
import { loadConfig } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';

const languages = loadLanguages(`${loadConfig({ CONFIG_FILE: '/dev/null' }).root}/languages`);
const worker = (identity: string, queue: string) => ({ key: `${identity} ${queue}`, identity, queue });

test('the workers of a process are one member, with the languages of its queues and what its host worker tells', () => {
  const members = toMembers(
    [
      worker('runner 7@rack', 'run-python'),
      worker('runner 7@rack problems=image-missing warnings=runc-old', 'host-rack'),
      worker('runner 7@rack', 'run-java'),
      worker('api 3@front', 'jobs'),
    ],
    languages,
  );
  expect(members).toEqual([
    { role: 'api', name: 'front', languages: [], problems: [], warnings: [] },
    {
      role: 'runner',
      name: 'rack',
      languages: ['java', 'python'],
      problems: ['image-missing'],
      warnings: ['runc-old'],
    },
  ]);
});

test('processes of one name are told apart, and a runner without languages is one still', () => {
  const members = toMembers(
    [
      worker('api 1@vm', 'jobs'),
      worker('api 2@vm', 'jobs'),
      worker('runner 3@vm problems=disk-full', 'host-vm'),
    ],
    languages,
  );
  expect(members.map(({ role, problems }) => [role, ...problems])).toEqual([
    ['api'],
    ['api'],
    ['runner', 'disk-full'],
  ]);
});

test('workers of other programs in the namespace are no members', () => {
  const others = [
    worker('4711@somebody', 'jobs'),
    worker('runner 7@rack', 'jobs'),
    worker('api 3@front', 'run-python'),
  ];
  expect(toMembers(others, languages)).toEqual([]);
});

test('a language that this API does not know is not told', () => {
  expect(toMembers([worker('runner 7@rack', 'run-klingon')], languages)[0]?.languages).toEqual([]);
});
