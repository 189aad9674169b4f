import { expect, test } from 'vitest';
import { judgeSandbox } from '../../../src/workers/host-checks/check-sandbox.js';

const CLOSED = `Name:	cat
Uid:	61000	61000	61000	61000
CapInh:	0000000000000000
CapPrm:	0000000000000000
CapEff:	0000000000000000
CapBnd:	0000000000000000
CapAmb:	0000000000000000
NoNewPrivs:	1
Seccomp:	2
Seccomp_filters:	1
811 700 0:80 / / ro,relatime master:300 - overlay overlay rw,lowerdir=/x
812 811 0:83 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
oom_kill_disable 0
under_oom 0
oom_kill 0
`;

test('a container that is as it should be has nothing to tell', () => {
  expect(judgeSandbox(CLOSED)).toEqual([]);
});

test.each([
  ['no filter', 'Seccomp:\t2', 'Seccomp:\t0', 'system-call filter'],
  ['a filter that is not told', 'Seccomp:\t2\n', '', 'system-call filter'],
  ['privileges to gain', 'NoNewPrivs:\t1', 'NoNewPrivs:\t0', 'privileges'],
  ['a capability', 'CapBnd:\t0000000000000000', 'CapBnd:\t0000000000000400', 'capabilities'],
  ['capabilities that are not told', 'CapAmb:\t0000000000000000\n', '', 'capabilities'],
  ['root', 'Uid:\t61000\t61000', 'Uid:\t61000\t0', 'the user is root'],
  ['a root that can be written to', '/ / ro,relatime', '/ / rw,relatime', 'written to'],
])('with %s the sandbox is open', (_, before, after, text) => {
  expect(CLOSED).toContain(before);
  const findings = judgeSandbox(CLOSED.replace(before, after));
  expect(findings).toMatchObject([{ code: 'sandbox-open', severity: 'problem' }]);
  expect(findings[0]?.text).toContain(text);
});

test('several openings are one finding', () => {
  const [finding, ...others] = judgeSandbox('oom_kill 0');
  expect(others).toEqual([]);
  expect(finding?.text).toMatch(/filter.*privileges.*capabilities.*written/);
});

test('without the kernel’s count of kills, limits of memory are told badly', () => {
  const codes = judgeSandbox(CLOSED.replace(/^oom_kill 0$/m, '')).map(({ code }) => code);
  expect(codes).toEqual(['usage-uncounted']);
});
