import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { checkDisks, judgeDisk } from '../../../src/workers/host-checks/check-disk.js';

const DISK = { what: 'the data folder', folder: '/data' };
const MIB = 1024 * 1024;

test.each([
  ['room', 5_000, 1_000_000, 500_000, []],
  ['little room', 1_000, 1_000_000, 500_000, ['disk-low']],
  ['hardly any room', 63, 1_000_000, 500_000, ['disk-full']],
  ['few inodes', 5_000, 1_000_000, 9_999, ['disk-low']],
  ['hardly any inodes', 5_000, 1_000_000, 999, ['disk-full']],
  ['a file system that counts no inodes', 5_000, 0, 0, []],
])('with %s it says so', (_, mib, files, ffree, codes) => {
  const { findings } = judgeDisk(DISK, { bavail: mib, bsize: MIB, files, ffree });
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

test('what is said does not change with each byte, so that it is said once', () => {
  const at = (bavail: number) => judgeDisk(DISK, { bavail, bsize: MIB, files: 0, ffree: 0 }).findings;
  expect(at(10)).toEqual(at(9));
  expect(at(10)[0]?.text).toContain('/data');
});

test('real disks are looked at, and folders that are not seen from here left out', async () => {
  const checks = await checkDisks([
    { what: 'a', folder: tmpdir() },
    { what: 'b', folder: '/nowhere/at/all' },
  ]);
  expect(checks).toHaveLength(1);
  expect(checks[0]?.fact).toMatch(/^\d+ MiB.* free in /);
});
