import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PROJECT_ROOT } from '../src/config.js';
import { configuredLanguages, findLanguage, loadLanguages, servedLanguages } from '../src/languages.js';
import { listSources, readLeftOut, readPrograms } from './language-programs.js';

const languages = loadLanguages(join(PROJECT_ROOT, 'languages'));

/** What each language shows with a program of its own. */
const KINDS = [
  ...['hello', 'empty-stdin', 'arithmetic', 'unicode', 'parallel', 'stderr-only', 'exit-3', 'runtime-error'],
  ...['signal', 'endless-loop', 'memory-hog', 'large-output', 'args', 'two-files'],
];

test("the seed's six languages come first, in its order and with its limits", () => {
  const limits = languages.slice(0, 6).map(({ id, limits }) => {
    return [id, limits.cpus, limits.memoryBytes / 1024 ** 2, limits.timeLimitMs / 1000];
  });
  expect(limits).toEqual([
    ['java', 2, 256, 10],
    ['python', 1, 50, 5],
    ['ruby', 1, 30, 5],
    ['perl', 1, 20, 3],
    ['javascript', 1, 50, 5],
    ['php', 1, 40, 5],
  ]);
});

test.each(languages)(
  '$id has a program of every kind and for every library, and says what must come of each',
  (language) => {
    const programs = readPrograms(language);
    const libraries = language.libraries.map(({ name }) => name);
    const kinds = [...KINDS, ...(language.compile ? ['compile-error', 'compile-flags'] : []), ...libraries];
    const had = programs.map(({ file }) => parse(file).name);
    expect([...had, ...readLeftOut(language)].sort()).toEqual(kinds.sort());
    const here = programs.filter(({ path }) => path.startsWith(`${language.folder}/`));
    expect(here.flatMap(({ file, files }) => [file, ...files]).sort()).toEqual(listSources(language).sort());
    const withFiles = programs.flatMap(({ file, files }) => (files.length > 0 ? [parse(file).name] : []));
    expect(withFiles).toEqual(had.includes('two-files') ? ['two-files'] : []);
    const flagged = programs.flatMap(({ file, compile_flags }) => (compile_flags ? [parse(file).name] : []));
    expect(flagged).toEqual(language.compile ? ['compile-flags'] : []);
    for (const { file, status, reason } of programs)
      expect(reason === undefined, file).toBe(status !== 'failed');
  },
);

test('no program is a copy of another language’s: programs_of names that one instead', () => {
  const seen = new Set<string>();
  const copies = languages
    .flatMap((language) => listSources(language).map((file) => join(language.folder, 'programs', file)))
    .filter((path) => {
      const source = `${parse(path).base}\n${readFileSync(path, 'utf8')}`;
      const isCopy = seen.has(source);
      seen.add(source);
      return isCopy;
    });
  expect(copies).toEqual([]);
});

test('programs_of takes what the own list and folder do not have', () => {
  const programsNamed = (id: string, name: string) =>
    languages
      .filter((language) => language.id === id)
      .flatMap(readPrograms)
      .filter(({ file }) => file === name);
  const folders = ['signal.lua', 'unicode.lua', 'hello.lua'].map((name) =>
    programsNamed('luajit', name).map(({ path }) => path),
  );
  const inLanguages = (path: string) => [join(PROJECT_ROOT, 'languages', path)];
  expect(folders).toEqual(
    ['luajit/programs/signal.lua', 'lua51/programs/unicode.lua', 'lua/programs/hello.lua'].map(inLanguages),
  );
  expect(programsNamed('clang', 'compile-error.c')).toMatchObject([
    {
      path: join(PROJECT_ROOT, 'languages/c/programs/compile-error.c'),
      stderr_includes: expect.stringContaining('undeclared identifier'),
    },
  ]);
});

test('every jar that a command names is in the list of its language', () => {
  const named = languages.flatMap((language) => {
    const words = [language.version, language.compile ?? [], language.run]
      .flat()
      .flatMap((word) => word.split(':'));
    const jars = words.filter((word) => word.startsWith('/usr/lib/jars/')).map((path) => parse(path).base);
    return [...new Set(jars)].map((jar) => ({ language, jar }));
  });
  expect(named.length).toBeGreaterThan(10);
  for (const { language, jar } of named) {
    const list = readFileSync(join(language.folder, 'jars.sha256'), 'utf8');
    if (jar !== 'start-main.jar') expect(list, language.id).toContain(`/${jar}\n`);
  }
});

test('the setting names those that are served, or all', () => {
  expect(servedLanguages(languages, ['c', 'python']).map(({ id }) => id)).toEqual(['python', 'c']);
  expect(servedLanguages(languages, ['all'])).toEqual(languages);
});

test("the seed's six languages leave no kind of program out", () => {
  expect(languages.slice(0, 6).flatMap(readLeftOut)).toEqual([]);
});

test('every id and alias leads to one language, in any case', () => {
  const names = languages.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  for (const language of languages) {
    for (const name of [language.id, ...language.aliases]) {
      expect(findLanguage(languages, name.toUpperCase())).toBe(language);
    }
  }
  expect(findLanguage(languages, 'klingon')).toBeUndefined();
});

test("an operator's limits replace those of the file, and only those", () => {
  const overrides = { python: { 'memory-mb': 128, 'timeout-seconds': 1.5 } };
  const python = findLanguage(loadLanguages(join(PROJECT_ROOT, 'languages'), overrides), 'python');
  expect(python?.limits).toMatchObject({ cpus: 1, memoryBytes: 128 * 1024 ** 2, timeLimitMs: 1500 });
});

test('limits for a language that is not there are refused by name', () => {
  const load = () => loadLanguages(join(PROJECT_ROOT, 'languages'), { klingon: { cpus: 1 } });
  expect(load).toThrow('resources: no such language: klingon');
});

describe("an operator's own folder", () => {
  const yaml = (aliases = '[]') => `
name: Mine
aliases: ${aliases}
file: main.txt
packages: []
version: [x]
run: [x]
hello: x
limits: { cpus: 1, memory-mb: 50, timeout-seconds: 5 }`;

  function load(id: string, text: string) {
    const own = mkdtempSync(join(tmpdir(), 'languages-'));
    onTestFinished(() => rmSync(own, { recursive: true }));
    mkdirSync(join(own, id));
    writeFileSync(join(own, id, 'language.yaml'), text);
    return loadLanguages(join(PROJECT_ROOT, 'languages'), { [id]: { cpus: 2 } }, own);
  }

  test('has languages as the project has them', () => {
    const mine = load('mine', yaml('[my-own]')).find(({ id }) => id === 'mine');
    expect(mine).toMatchObject({
      name: 'Mine',
      limits: { cpus: 2 },
      commonFolder: join(PROJECT_ROOT, 'languages'),
    });
  });

  test.each([
    ['python', yaml(), /python is a name of .*languages\/python already/],
    ['mine', yaml('[js]'), /js is a name of .*languages\/javascript already/],
    ['Mine', yaml(), /small letters/],
    ['mine', 'name: X', /language\.yaml/],
    [
      'mine',
      `${yaml()}\nready: at-open\nfork-server: true`,
      /needs a command in `ready`[\s\S]*at \["fork-server"\]/,
    ],
  ])('is refused when it has %s and something is wrong', (id, text, problem) => {
    expect(() => load(id, text)).toThrow(problem);
  });

  test('must be there', () => {
    const missing = () =>
      configuredLanguages({ root: PROJECT_ROOT, resources: {}, 'languages-folder': 'nowhere' });
    expect(missing).toThrow(`languages-folder: there is no folder ${join(PROJECT_ROOT, 'nowhere')}`);
  });
});

test.each([
  ['name: X', /packages/],
  ['name: X\nrunn: [x]', /runn/],
  ['name: X\nlimits: { cpus: 0, memory-mb: 50, timeout-seconds: 5 }', /limits\.cpus/],
  ['name: X\naliases: [Upper Case]', /aliases\[0\]/],
  ['name: X\nfile: ../x', /at file/],
  ['name: X\ndependencies: { file: src/../x }', /at dependencies\.file/],
  ['name: X\ndependencies: { compile: [] }', /at dependencies\.compile/],
])('a bad language.yaml is refused with its path and the field: %j', (yaml, field) => {
  const root = mkdtempSync(join(tmpdir(), 'languages-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'x'));
  writeFileSync(join(root, 'x/language.yaml'), yaml);
  expect(() => loadLanguages(root)).toThrow(join(root, 'x/language.yaml'));
  expect(() => loadLanguages(root)).toThrow(field);
});
