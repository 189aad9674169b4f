import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';
import { readPinnedPackages } from '../../src/workers/pinned-packages.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pinned-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a folder without such files pins nothing', () => {
  expect(readPinnedPackages({ folder })).toEqual([]);
});

test('jars, packages of npm for this machine, and packages of PyPI', () => {
  writeFileSync(
    join(folder, 'jars.sha256'),
    `${'0'.repeat(64)}  org/example/more/a-jar/1.0-rc+1/a-jar-1.0-rc+1.jar\n`,
  );
  const other = process.arch === 'arm64' ? 'x64' : 'arm64';
  const packages = {
    '': { dependencies: {} },
    'node_modules/plain': { version: '1.2.3' },
    'node_modules/@scope/name': { version: '2.0.0', os: ['linux'], cpu: [process.arch] },
    'node_modules/plain/node_modules/inner': { version: '3.0.0' },
    'node_modules/marked': { version: '6.0.0', os: ['!win32'] },
    'node_modules/excluded': { version: '7.0.0', cpu: [`!${process.arch}`] },
    'node_modules/elsewhere': { version: '4.0.0', os: ['darwin'] },
    'node_modules/other': { version: '5.0.0', os: ['linux'], cpu: [other] },
  };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  writeFileSync(
    join(folder, 'requirements.txt'),
    'some.lib==0.1 \\\n  --hash=sha256:00\n\nOther-1[more]==2\n',
  );
  expect(readPinnedPackages({ folder })).toEqual([
    { name: 'a-jar', version: '1.0-rc+1', purl: 'pkg:maven/org.example.more/a-jar@1.0-rc%2B1' },
    { name: 'plain', version: '1.2.3', purl: 'pkg:npm/plain@1.2.3' },
    { name: '@scope/name', version: '2.0.0', purl: 'pkg:npm/%40scope/name@2.0.0' },
    { name: 'inner', version: '3.0.0', purl: 'pkg:npm/inner@3.0.0' },
    { name: 'marked', version: '6.0.0', purl: 'pkg:npm/marked@6.0.0' },
    { name: 'some.lib', version: '0.1', purl: 'pkg:pypi/some.lib@0.1' },
    { name: 'Other-1', version: '2', purl: 'pkg:pypi/Other-1@2' },
  ]);
});

test('what comes from other registries than Debian’s is pinned by each folder that has it', () => {
  const pinned = loadLanguages(`${PROJECT_ROOT}/languages`).flatMap((language) => {
    const kinds = readPinnedPackages(language).map(({ purl }) => /^pkg:(\w+)/.exec(purl)?.[1]);
    return [...new Set(kinds)].map((kind) => `${language.id}: ${kind}`);
  });
  expect(pinned.toSorted()).toEqual([
    'groovy: maven',
    'javascript-libraries: npm',
    'kotlin: maven',
    'nim: pypi',
    'scala: maven',
    'typescript: npm',
    'zig: pypi',
  ]);
});
