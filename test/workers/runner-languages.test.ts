import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { runnerLanguages } from '../../src/workers/runner-languages.js';

const config = loadConfig({ CONFIG_FILE: '/dev/null', LANGUAGES: 'python,perl' });
const runtimes = (changes: object) =>
  runnerLanguages({ ...config, ...changes }).map(({ id, runtime }) => [id, runtime]);

test('languages have the engine’s runtime unless another is set', () => {
  expect(runtimes({})).toEqual([
    ['python', undefined],
    ['perl', undefined],
  ]);
});

test('a language’s own runtime wins over the runner’s', () => {
  const runner = { ...config.runner, runtime: 'runsc' };
  expect(runtimes({ runner, resources: { perl: { runtime: 'runc' } } })).toEqual([
    ['python', 'runsc'],
    ['perl', 'runc'],
  ]);
});
