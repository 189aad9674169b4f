import { expect, test } from 'vitest';
import { libraryVersions } from '../../src/workers/libraries.js';

const libraries = [
  { name: 'numpy', package: 'python3-numpy' },
  { name: '@scope/lib', package: undefined },
];
const installed = (version: string) => [
  { name: 'python3-numpy', version, architecture: 'amd64', provides: [], depends: [] },
];

test.each([
  ['1:2.2.4+ds-1', '2.2.4'],
  ['2.2.3+dfsg-5', '2.2.3'],
  ['0.29.2-2', '0.29.2'],
  ['3.17.0-1+deb13u1', '3.17.0'],
  ['32.0.1', '32.0.1'],
  ['1.0~rc1-1', '1.0'],
  ['2.0-beta-3', '2.0-beta'],
])('Debian’s %s is %s', (version, upstream) => {
  const told = 'lib 1\r\n@scope/lib 4.5.6-rc.1\r\n';
  expect(libraryVersions({ name: 'X', libraries }, installed(version), told)).toEqual([
    upstream,
    '4.5.6-rc.1',
  ]);
});

test('a library that the image does not have is named', () => {
  const versions = () => libraryVersions({ name: 'X', libraries }, installed('1'), 'other 1.0\n@scope/lib\n');
  expect(versions).toThrow('X: the image does not tell the version of @scope/lib');
  expect(() => libraryVersions({ name: 'X', libraries }, [], '@scope/lib 1')).toThrow('numpy');
});
