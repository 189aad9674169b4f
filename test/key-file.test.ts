import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addKeyEntry } from '../src/add-key-entry.js';
import { digestKey, readKeyFile } from '../src/key-file.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'key-file-'));
  file = join(folder, 'keys.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

const A = digestKey('a');
const B = digestKey('b');

test('a key has a name and a digest, and may have a limit and an end', () => {
  writeFileSync(
    file,
    `# ours\n- name: a\n  sha256: ${A}\n  max-requests: 5\n  expires: 2030-01-31T00:00:00Z\n- {name: b, sha256: ${B}, disabled: true}\n`,
  );
  expect(readKeyFile(file)).toEqual([
    { name: 'a', sha256: A, 'max-requests': 5, expires: '2030-01-31T00:00:00Z' },
    { name: 'b', sha256: B, disabled: true },
  ]);
});

test('an empty file has no keys', () => {
  writeFileSync(file, '# none yet\n');
  expect(readKeyFile(file)).toEqual([]);
});

test.each([
  ['no list', 'name: a', 'keys.yaml:1: '],
  ['no digest', '- name: a', 'keys.yaml:1 (0.sha256): '],
  [
    'a key instead of its digest',
    '- name: a\n  sha256: bd_secret',
    'keys.yaml:2 (0.sha256): must be the SHA-256',
  ],
  ['a name with spaces', `- sha256: ${A}\n  name: a b`, 'keys.yaml:2 (0.name): must be 1 to 64'],
  [
    'a name twice',
    `- {name: a, sha256: ${A}}\n- {name: a, sha256: ${B}}`,
    'keys.yaml:2 (1.name): is there twice',
  ],
  [
    'a digest twice',
    `- {name: a, sha256: ${A}}\n- {name: b, sha256: ${A}}`,
    'keys.yaml:2 (1.sha256): is there twice',
  ],
  ['a day', `- {name: a, sha256: ${A}, expires: 2030-01-31}`, '(0.expires): must be a time such as'],
  ['no requests', `- {name: a, sha256: ${A}, max-requests: 0}`, '(0.max-requests): Too small'],
  ['an unknown key', `- {name: a, sha256: ${A}, admin: true}`, '(0.admin): there is no such key'],
  ['half of a list', `- {name: a, sha256: ${A}`, 'keys.yaml:1: '],
])('%s is refused, with line and key and without the value', (_, yaml, problem) => {
  writeFileSync(file, yaml);
  expect(() => readKeyFile(file)).toThrow(problem);
  expect(() => readKeyFile(file)).not.toThrow('secret');
});

test('a file that is missing is refused with what makes one', () => {
  expect(() => readKeyFile(file)).toThrow('npm run create-key -- --name NAME');
});

test.each([
  ['missing', undefined],
  ['empty', ''],
  ['of comments', '# our keys\n'],
  ['a list', `# our keys\n- name: b # Bob\n  sha256: ${B}\n`],
  ['a list on one line', `[{name: b, sha256: ${B}}]`],
])('a key is added to a file that is %s, for its owner only, and comments stay', (_, before) => {
  if (before !== undefined) writeFileSync(file, before);
  addKeyEntry(file, { name: 'a', sha256: A, 'max-requests': 5 });
  expect(readKeyFile(file).at(-1)).toEqual({ name: 'a', sha256: A, 'max-requests': 5 });
  expect(readKeyFile(file)).toHaveLength(before?.includes('sha256') ? 2 : 1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const comment of before?.match(/#.*/g) ?? []) expect(readFileSync(file, 'utf8')).toContain(comment);
});

test('a name that is taken, a broken file and one that is being written stay as they are', () => {
  addKeyEntry(file, { name: 'a', sha256: A });
  const before = readFileSync(file, 'utf8');
  expect(() => addKeyEntry(file, { name: 'a', sha256: B })).toThrow('choose another name');
  writeFileSync(`${file}.new`, '');
  expect(() => addKeyEntry(file, { name: 'b', sha256: B })).toThrow('Another create-key');
  rmSync(`${file}.new`);
  expect(readFileSync(file, 'utf8')).toBe(before);
  writeFileSync(file, 'broken: [');
  expect(() => addKeyEntry(file, { name: 'b', sha256: B })).toThrow('The key file cannot be used');
  expect(readFileSync(file, 'utf8')).toBe('broken: [');
});
