import { expect, test } from 'vitest';
import { neededPackages, parsePackages } from '../../src/workers/needed-packages.js';

/** Name, version, architecture, provides, pre-depends and depends, as dpkg-query prints them. */
const INSTALLED = parsePackages(
  [
    ['base-files', '13.8', 'amd64', 'base', ', awk'],
    ['mawk', '1.3', 'amd64', 'awk', 'libc6 (>= 2.38), '],
    ['libc6', '2.41', 'amd64', '', ', libgcc-s1'],
    ['libgcc-s1', '14.2', 'amd64', '', ', '],
    ['tzdata', '2026a', 'all', '', ', debconf (>= 0.5) | debconf-2.0'],
    ['debconf', '1.5', 'all', 'debconf-2.0', 'perl-base (>= 5.20), '],
    ['perl-base', '5.40', 'amd64', 'perl5-base (= 5.40)', 'libc6 (>= 2.35), '],
    ['dash', '0.5', 'amd64', '', 'libc6, '],
    ['toy', '1.0', 'amd64', '', ', libc6:amd64 (>= 2.4), toy-data (= 1.0) | toy-lite'],
    ['toy-data', '1:1.0', 'all', '', ', toy'],
    ['apt', '3.0', 'amd64', '', ', libc6, libgcc-s1'],
  ]
    .map((fields) => `${fields.join('\t')}\r\n`)
    .join(''),
);

const names = (packages: string[], needs: 'shell'[] = []) =>
  neededPackages(INSTALLED, { packages, needs })
    .map(({ name }) => name)
    .sort();

test("what dpkg prints is read: versions with epochs, alternatives, architectures, the terminal's line ends", () => {
  expect(INSTALLED).toHaveLength(11);
  expect(INSTALLED[9]).toEqual({
    name: 'toy-data',
    version: '1:1.0',
    architecture: 'all',
    provides: [],
    depends: [[], ['toy']],
  });
  expect(INSTALLED[8]?.depends).toEqual([[], ['libc6'], ['toy-data', 'toy-lite']]);
});

test('a language keeps its packages, what they depend on, and a few that every program needs', () => {
  expect(names(['toy'])).toEqual(['base-files', 'libc6', 'libgcc-s1', 'mawk', 'toy', 'toy-data', 'tzdata']);
});

test('what only installs goes, whoever depends on it by whatever name, unless a language is made of it', () => {
  expect(names(['toy', 'apt'])).not.toContain('apt');
  expect(names(['toy'])).not.toContain('debconf');
  expect(names(['perl-base'])).toContain('perl-base');
});

test('only a language that asks for a shell has one', () => {
  expect(names(['toy'])).not.toContain('dash');
  expect(names(['toy'], ['shell'])).toContain('dash');
});
