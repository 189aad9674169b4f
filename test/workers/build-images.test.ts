import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Language, loadLanguages } from '../../src/languages.js';
import { imageName } from '../../src/workers/build-images.js';
import { readDockerProgress } from '../../src/workers/docker-progress.js';
import { JARS } from '../../src/workers/image-recipe.js';
import { tidyVersion } from '../../src/workers/language-image.js';

const YAML = `
name: Toy
file: main.toy
packages: [toy]
version: [toy, --version]
run: [toy, main.toy]
hello: 'print "drill my brain"'
limits: { cpus: 1, memory-mb: 50, timeout-seconds: 5 }
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-images-'));
  mkdirSync(join(root, 'toy/programs'), { recursive: true });
  write('Dockerfile', 'FROM base');
  write('Dockerfile.final', 'FROM full');
  for (const name of [JARS.dockerfile, ...JARS.programs]) write(name, 'x');
});

afterEach(() => rmSync(root, { recursive: true }));

test('an image is named by its language and a digest', () => {
  expect(imageName(toy())).toMatch(/^braindrill\/toy:[0-9a-f]{12}$/);
  expect(imageName(toy())).toBe(imageName(toy()));
});

test.each<[string, () => Language]>([
  ['its limits', () => toy(YAML.replace('memory-mb: 50', 'memory-mb: 99'))],
  ['its run command', () => toy(YAML.replace('run: [toy,', 'run: [toy, -v,'))],
  ['its compile command', () => toy(`${YAML}compile: [toyc, main.toy]`)],
  ['its environment', () => toy(`${YAML}env: { TOY: '1' }`)],
  ['its aliases and file name', () => toy(`${YAML.replace('main.toy\n', 'other.toy\n')}aliases: [t]`)],
  ['its programs', () => toyWith('toy/programs/hello.toy', 'print')],
  ['files beside language.yaml that no Dockerfile can copy', () => toyWith('toy/notes.txt', 'x')],
  ['what gets jars, where there are none', () => toyWith(JARS.dockerfile, 'FROM other')],
])('the name stays when %s change', (_, change) => {
  const before = imageName(toy());
  expect(imageName(change())).toBe(before);
});

test.each<[string, () => Language]>([
  ['its packages', () => toy(YAML.replace('[toy]', '[toy, toy-doc]'))],
  ['what it needs', () => toy(`${YAML}needs: [shell]`)],
  ['its version command', () => toy(YAML.replace('--version', '-V'))],
  ['its title', () => toy(YAML.replace('name: Toy', 'name: Toys'))],
  ['the shared Dockerfile', () => toyWith('Dockerfile', 'FROM other')],
  ['the last Dockerfile', () => toyWith('Dockerfile.final', 'FROM other')],
  ['a Dockerfile of its own', () => toyWith('toy/Dockerfile', 'FROM base')],
  ['a list of jars', () => toyWith('toy/jars.sha256', '0  a/b/1/b-1.jar')],
])('the name changes with %s', (_, change) => {
  const before = imageName(toy());
  expect(imageName(change())).not.toBe(before);
});

test("the name changes with the files that a language's own Dockerfile may copy", () => {
  write('toy/Dockerfile', 'FROM base\nCOPY warm.toy /');
  write('toy/warm.toy', 'print 1');
  const before = imageName(toy());
  write('toy/warm.toy', 'print 2');
  expect(imageName(toy())).not.toBe(before);
});

test('the name changes with the list of jars and what gets them', () => {
  write('toy/jars.sha256', '0  a/b/1/b-1.jar');
  const names = new Set([imageName(toy())]);
  for (const file of [JARS.dockerfile, ...JARS.programs, 'toy/jars.sha256']) {
    write(file, 'other');
    names.add(imageName(toy()));
  }
  expect(names.size).toBe(5);
});

test("Docker's lines may be cut anywhere; the image's id is in one of them", async () => {
  const text = '{"stream":"Step 1/1 : größe\\n"}\r\n{"aux":{"ID":"sha256:abc"}}\r\n';
  const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
  let lines = 0;
  expect(await readDockerProgress(chunks(bytes), () => lines++)).toBe('sha256:abc');
  expect(lines).toBe(2);
});

test('an error among the lines is thrown with the last lines before it', async () => {
  const steps = Array.from({ length: 40 }, (_, index) => `{"stream":"step ${index}\\n"}\n`);
  const stream = chunks([...steps, 'this is no JSON\n', '{"error":"exit code 100"}\n']);
  const error: Error = await readDockerProgress(stream).then(
    () => expect.fail(),
    (reason) => reason,
  );
  const lines = error.message.split('\n');
  expect(lines.at(0)).toBe('exit code 100');
  expect(lines.slice(-3)).toEqual(['step 38', 'step 39', 'this is no JSON']);
  expect(lines).toHaveLength(16);
});

test.each([
  ['openjdk 25.0.3 2026-04-21\nOpenJDK Runtime', '25.0.3'],
  ['ruby 3.3.8 (2025-04-09 revision b200bad6cd) [x86_64-linux-gnu]\r\n', '3.3.8'],
  ['v5.40.1', '5.40.1'],
  ['14.2.0\n', '14.2.0'],
  ['unreleased', 'unreleased'],
  ['', ''],
])('of %j the version is %j', (output, version) => {
  expect(tidyVersion(output)).toBe(version);
});

function toy(yaml = YAML): Language {
  write('toy/language.yaml', yaml);
  return loadLanguages(root)[0] as Language;
}

function toyWith(path: string, content: string): Language {
  write(path, content);
  return toy();
}

function write(path: string, content: string): void {
  writeFileSync(join(root, path), content);
}

async function* chunks(list: (string | Buffer)[]): AsyncGenerator<string | Buffer> {
  yield* list;
}
