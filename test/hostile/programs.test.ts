// The hostile set is whole: enough programs, languages and families, every file in a table and every verdict one that can be.
import { expect, test } from 'vitest';
import { families, listSources, ROUNDS_A_RANGE, readHostilePrograms } from './programs.js';

const programs = readHostilePrograms();

/** One folder each; a new family is added here, too. */
const FAMILIES = [
  ...['artifacts', 'compile-cache', 'compilers', 'cpu-and-time', 'endings', 'files', 'forgery', 'host-facts'],
  ...['kill', 'memory', 'namespaces', 'network', 'other-jobs', 'output', 'processes', 'system-calls'],
];

test('there are at least 120 programs in at least 10 languages', () => {
  const files = new Set(programs.map(({ family, file }) => `${family}/${file}`));
  expect(files.size).toBeGreaterThanOrEqual(120);
  expect(new Set(programs.map(({ language }) => language.id)).size).toBeGreaterThanOrEqual(10);
});

test('every family is there, with ten programs or more', () => {
  expect(families()).toEqual(FAMILIES);
  for (const family of FAMILIES) expect(listSources(family).length, family).toBeGreaterThanOrEqual(10);
});

test.each(FAMILIES)('every file of %s is in its table, and the reverse', (family) => {
  const told = programs.filter((program) => program.family === family).map(({ file }) => file);
  expect([...new Set(told)].sort()).toEqual(listSources(family).sort());
});

test('a program is listed twice only to be run with two neighbours', () => {
  const listed = programs.map(
    ({ family, file, neighbour }) => `${family}/${file} ${neighbour?.program.file}`,
  );
  expect(new Set(listed).size).toBe(listed.length);
});

test('a verdict has a reason exactly where it is a failure, and the second one is told why', () => {
  for (const { file, or, ...verdict } of programs) {
    for (const { status, reason } of [verdict, ...(or ? [or] : [])]) {
      expect(reason === undefined, file).toBe(status !== 'failed');
    }
    expect(or?.because, file).not.toBe('');
  }
});

test('a program that looks for something has held only when it said so, and nothing else', () => {
  const lookers = programs.filter(({ code, status }) => code.includes('lost:') && status === 'completed');
  expect(lookers.length).toBeGreaterThan(70);
  for (const { file, stdout } of lookers)
    expect(['held\n', 'main ends\n', 'outlived it\n'], file).toContain(stdout);
});

test('a range of values is walked whole in so many rounds', () => {
  const exits = programs.find(({ file }) => file === 'exit-code.pl');
  const rounds = Array.from({ length: ROUNDS_A_RANGE }, (_, index) => exits?.valuesOf(index + 1) ?? []);
  const walked = rounds
    .flat()
    .map(Number)
    .sort((a, b) => a - b);
  expect(walked).toEqual(Array.from({ length: 255 }, (_, index) => index + 1));
  for (const round of rounds) expect(round.length).toBeGreaterThan(30);
});
