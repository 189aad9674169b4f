import { expect, test } from 'vitest';
import { codesOf, finding, HOST_CODES } from '../src/host-finding.js';
import { parseIdentity, toIdentity } from '../src/runner-identity.js';

test('what a runner says of itself is read back', () => {
  const findings = [
    finding('core-pattern', 'a'),
    finding('disk-full', 'b'),
    finding('runc-old', 'c'),
    finding('disk-full', 'd'),
  ];
  const identity = toIdentity('runner', 'rack-1.example', { findings });
  expect(identity).toBe(
    `runner ${process.pid}@rack-1.example problems=disk-full warnings=runc-old,core-pattern`,
  );
  expect(parseIdentity(identity)).toEqual({
    role: 'runner',
    process: `${process.pid}@rack-1.example`,
    name: 'rack-1.example',
    languages: undefined,
    problems: ['disk-full'],
    warnings: ['runc-old', 'core-pattern'],
  });
});

test('and of its languages, as many as the server takes', () => {
  const languages = {
    versions: { python: '3.13.5', odd: 'a b:c,d' },
    libraries: { odd: ['1.2', '3;4,5'], python: [] },
    testedAt: '2026-01-31T09:30:00.000Z',
  };
  const identity = toIdentity('runner', 'rack', { languages, findings: [finding('disk-low', '')] });
  expect(parseIdentity(identity)).toMatchObject({
    name: 'rack',
    languages: { ...languages, libraries: { odd: ['1.2', '3;4,5'] } },
    warnings: ['disk-low'],
  });
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`language${n}`, '1.2.3']));
  const long = toIdentity('runner', 'rack', { languages: { ...languages, versions: many } });
  expect(long.length).toBeLessThan(900);
  expect(parseIdentity(long)?.languages?.versions).toMatchObject({ language0: '1.2.3', language30: '1.2.3' });
  expect(parseIdentity(long)?.languages?.libraries, 'languages come first').toEqual({});
});

test.each([
  ['an API', toIdentity('api', 'host'), { role: 'api', name: 'host', problems: [], warnings: [] }],
  ['a runner that is well', toIdentity('runner', 'a'), { role: 'runner', problems: [], warnings: [] }],
  ['one with warnings only', 'runner 7@a warnings=runc-old', { problems: [], warnings: ['runc-old'] }],
  ['a newer one’s codes', 'runner 7@a problems=on-fire,disk-full', { problems: ['disk-full'] }],
])('the identity of %s is understood', (_, identity, parsed) => {
  expect(parseIdentity(identity)).toMatchObject(parsed);
});

test.each(['4711@somebody', 'temporal-cli:root@host', '', 'runner x@y', 'runner 7@a trailing words'])(
  'other clients’ identities are none of ours: %j',
  (identity) => {
    expect(parseIdentity(identity)).toBeUndefined();
  },
);

test('codes are told once each, by severity, and are words with hyphens', () => {
  expect(codesOf([finding('disk-low', ''), finding('disk-low', '')], 'warning')).toEqual(['disk-low']);
  expect(codesOf([finding('disk-low', '')], 'problem')).toEqual([]);
  for (const code of HOST_CODES) expect(code).toMatch(/^[a-z]+(-[a-z]+)+$/);
});
