// A job's next run is with its supervisor while one runs, so that nothing is between them; and not where it could not be used.
import { afterAll, expect, test } from 'vitest';
import { createHolderlessSlots } from '../../src/activities/holderless-slots.js';
import { startWaitingContainer } from '../../src/activities/leased-container.js';
import { runInContainer } from '../../src/activities/run-in-container.js';
import { loadConfig } from '../../src/config.js';
import { type Language, loadLanguages } from '../../src/languages.js';
import { createLog } from '../../src/log.js';
import { createRunnerHost } from '../../src/workers/runner-host.js';
import { testEnvironment } from './global-setup.js';
import { docker, expectNoContainers } from './service.js';

const name = `ahead-${process.pid}`;
const config = loadConfig(testEnvironment('', name));
const [python] = loadLanguages(`${config.root}/languages`).filter(({ id }) => id === 'python') as [Language];
const host = createRunnerHost({
  ...{ config, name, docker, languages: [python], createSlots: createHolderlessSlots },
  log: createLog('test', 'warn'),
});

afterAll(async () => {
  await Promise.all(host.cleanUps);
  await expectNoContainers(name);
});

/** Prints when it ends, in seconds since 1970. */
const CODE = 'import time; input(); time.sleep(0.5); print(time.time())';

/** For each run but the last: whether the input of the next one was written before it ended. */
async function sentAhead(on: typeof host, inputs: string[]): Promise<boolean[]> {
  const leased = await startWaitingContainer(on, python);
  const writtenAt: number[] = [];
  const { container } = leased;
  const write = (frames: Buffer) => {
    inputs.forEach((input, index) => {
      if (frames.includes(input.slice(0, 9))) writtenAt[index] = Date.now() / 1000;
    });
    container.write(frames);
  };
  const pool = {
    take: () => ({ ...leased, container: { ...container, write } }),
    ...{ keep: () => false, serve() {}, unserve() {}, close: async () => {} },
  };
  const reports = await runInContainer(
    { ...on, pool },
    {
      ...{ jobId: name, attempt: 1, language: python, code: CODE, owner: 'somebody' },
      ...{
        runs: inputs.map((stdin) => ({ stdin })),
        signal: new AbortController().signal,
        onStart: () => {},
      },
    },
  );
  expect(reports).toHaveLength(inputs.length);
  const endedAt = reports.map(({ run }) => Number(run.stdout));
  return endedAt.slice(0, -1).map((at, index) => (writtenAt[index + 1] as number) < at);
}

test('each run but the first is sent while the one before it runs', async () => {
  expect(await sentAhead(host, ['the first\n', 'the second\n', 'the third\n'])).toEqual([true, true]);
});

test('one with a large input is sent when the one before it has ended', async () => {
  const inputs = ['the first\n', `the second ${'x'.repeat(300_000)}\n`, 'the third\n'];
  expect(await sentAhead(host, inputs)).toEqual([false, true]);
});

test('so are all where each has a container of its own', async () => {
  const alone = { ...host, isolation: 'container' as const };
  expect(await sentAhead(alone, ['the first\n', 'the second\n'])).toEqual([false]);
});
