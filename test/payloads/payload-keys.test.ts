import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPayloadKeys } from '../../src/payloads/payload-keys.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payload-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const [one, two] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

function read(text: string) {
  const file = join(folder, 'keys');
  writeFileSync(file, text);
  return readPayloadKeys(file);
}

test.each([
  ['lines', `${one}\n${two}\n`],
  ['a YAML list', `---\n# the new one\n- ${one}\n- "${two}" # the old one\n`],
])('keys are read from %s, in their order', (_, text) => {
  expect(read(text).map(({ key }) => key.toString('base64'))).toEqual([one, two]);
});

test('a key has the same id in every file, and another than others', () => {
  const [a, b] = read(`${one}\n${two}`);
  expect(a?.id).toMatch(/^[0-9a-f]{16}$/);
  expect([read(one)[0]?.id, b?.id === a?.id]).toEqual([a?.id, false]);
});

test('every bad line is told with the setting and its number, and none of them is quoted', () => {
  const text = `${one}\nhunter2\n${one}\n${two.slice(4)}\n`;
  const told = (() => {
    try {
      return read(text);
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect(told).toMatch(/^payloads\.key-file cannot be used:/);
  expect(told).toMatch(/keys:2: must be 32 bytes as base64\n.*keys:3: is there twice\n.*keys:4: must be/);
  expect(told).not.toContain('hunter2');
  expect(told).not.toContain(two.slice(4));
});

test.each([
  ['an empty file', '', 'has no key'],
  ['a file of comments', '# none yet\n', 'has no key'],
])('%s is refused', (_, text, problem) => {
  expect(() => read(text)).toThrow(problem);
});

test('a file that is not there is told with the setting', () => {
  expect(() => readPayloadKeys(join(folder, 'nowhere'))).toThrow(
    /^payloads\.key-file: .*nowhere cannot be read \(ENOENT\)/,
  );
});
