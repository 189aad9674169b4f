import { expect, test } from 'vitest';
import { checkCorePattern, judgeCorePattern } from '../../../src/workers/host-checks/check-core-pattern.js';

test.each([
  ['core', []],
  ['/var/crash/core.%p', []],
  ['|/usr/lib/systemd/systemd-coredump %P %u', []],
  ['|/usr/share/apport/apport -p%p', []],
  ['@/run/coredump.socket', ['core-pattern']],
  ['@@/run/coredump.socket', ['core-pattern']],
])('core_pattern %s: %j', (pattern, codes) => {
  expect(judgeCorePattern(pattern).findings.map(({ code }) => code)).toEqual(codes);
});

test('this host has one', () => {
  expect(checkCorePattern().fact).toMatch(/^".*", /);
});
