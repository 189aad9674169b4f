// The life of workers, with doubles that end when the test says so.
import type { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { createLanguageWorkers, type JobQueue } from '../../src/workers/language-workers.js';
import { runnerLanguages } from '../../src/workers/runner-languages.js';

const languages = runnerLanguages(loadConfig({ CONFIG_FILE: '/dev/null', LANGUAGES: 'python,perl' }));
const queues = languages.map((language) => ({ name: `run-${language.id}`, language }));
const [python, perl] = queues as [JobQueue, JobQueue];
const dependencies = { ...python, name: 'run-python/dependencies' };

type Double = { queue: string; state: string; end: () => void; fail: (error: Error) => void };

function start(create = (_queue: string) => {}) {
  const made: Double[] = [];
  const changes: string[] = [];
  const workers = createLanguageWorkers({
    async create({ name }) {
      create(name);
      const double: Double = { queue: name, state: 'RUNNING', end: () => {}, fail: () => {} };
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
    onChange: ({ name }, takesJobs) => changes.push(`${takesJobs ? '+' : '-'}${name}`),
    log: pino({ level: 'silent' }),
  });
  return { workers, made, changes };
}

test('workers are made once, and shut down when their language is not wanted any more', async () => {
  const { workers, made, changes } = start();
  await workers.keep(queues);
  await workers.keep(queues);
  await workers.keep([python]);
  await workers.keep([python]);
  expect(made.map(({ queue, state }) => [queue, state])).toEqual([
    ['run-python', 'RUNNING'],
    ['run-perl', 'DRAINING'],
  ]);
  expect(changes).toEqual(['+run-python', '+run-perl', '-run-perl']);
});

test('two queues of one language have a worker each', async () => {
  const { workers, made, changes } = start();
  await workers.keep([python, dependencies]);
  await workers.keep([python]);
  expect(made.map(({ state }) => state)).toEqual(['RUNNING', 'DRAINING']);
  expect(changes).toEqual(['+run-python', '+run-python/dependencies', '-run-python/dependencies']);
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
  const { workers, made } = start((name) => {
    if (name === 'run-perl' && tries++ === 0) throw new Error('Temporal is away');
  });
  await workers.keep(queues);
  expect(made.map(({ queue }) => queue)).toEqual(['run-python']);
  await workers.keep(queues);
  expect(made.map(({ queue }) => queue)).toEqual(['run-python', 'run-perl']);
});

test('stopping waits for what runs; a failing worker is told', async () => {
  const { workers, made } = start();
  await workers.keep(queues);
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
