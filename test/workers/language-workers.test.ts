// The life of workers, with doubles that end when the test says so.
import type { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { createLanguageWorkers } from '../../src/workers/language-workers.js';
import { runnerLanguages } from '../../src/workers/runner-languages.js';

const languages = runnerLanguages(loadConfig({ CONFIG_FILE: '/dev/null', LANGUAGES: 'python,perl' }));
const [python, perl] = languages as [(typeof languages)[0], (typeof languages)[0]];

type Double = { language: string; state: string; end: () => void; fail: (error: Error) => void };

function start(create = (_language: string) => {}) {
  const made: Double[] = [];
  const changes: string[] = [];
  const workers = createLanguageWorkers({
    async create({ id }) {
      create(id);
      const double: Double = { language: id, state: 'RUNNING', end: () => {}, fail: () => {} };
      const ended = new Promise<void>((resolve, reject) =>
        Object.assign(double, { end: resolve, fail: reject }),
      );
      made.push(double);
      const worker: Pick<Worker, 'run' | 'shutdown'> & { getState(): string } = {
        run: () => ended,
        shutdown: () => {
          double.state = 'DRAINING';
        },
        getState: () => double.state,
      };
      return worker as unknown as Worker;
    },
    onChange: ({ id }, takesJobs) => changes.push(`${takesJobs ? '+' : '-'}${id}`),
    log: pino({ level: 'silent' }),
  });
  return { workers, made, changes };
}

test('workers are made once, and shut down when their language is not wanted any more', async () => {
  const { workers, made, changes } = start();
  await workers.keep(languages);
  await workers.keep(languages);
  await workers.keep([python]);
  await workers.keep([python]);
  expect(made.map(({ language, state }) => [language, state])).toEqual([
    ['python', 'RUNNING'],
    ['perl', 'DRAINING'],
  ]);
  expect(changes).toEqual(['+python', '+perl', '-perl']);
});

test('a worker whose last jobs still run is not replaced before it has ended', async () => {
  const { workers, made } = start();
  await workers.keep([perl]);
  await workers.keep([]);
  await workers.keep([perl]);
  expect(made).toHaveLength(1);
  made[0]?.end();
  await new Promise((resolve) => setImmediate(resolve));
  await workers.keep([perl]);
  expect(made.map(({ state }) => state)).toEqual(['DRAINING', 'RUNNING']);
});

test('one that cannot be made is tried again the next time, and keeps no other from being made', async () => {
  let tries = 0;
  const { workers, made } = start((id) => {
    if (id === 'perl' && tries++ === 0) throw new Error('Temporal is away');
  });
  await workers.keep(languages);
  expect(made.map(({ language }) => language)).toEqual(['python']);
  await workers.keep(languages);
  expect(made.map(({ language }) => language)).toEqual(['python', 'perl']);
});

test('stopping waits for what runs; a failing worker is told', async () => {
  const { workers, made } = start();
  await workers.keep(languages);
  let stopped = false;
  const stopping = workers.stop().then(() => {
    stopped = true;
  });
  made[0]?.end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  made[1]?.fail(new Error('connection lost'));
  await stopping;
  await expect(workers.failed).rejects.toThrow('connection lost');
});
