// The two ways in which a program starts, for `live` and `languages`: it takes the place of a process that has waited for it, or
// is started when it comes. Both must come to the same.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { createHolderlessSlots } from '../../src/activities/holderless-slots.js';
import { startWaitingContainer } from '../../src/activities/leased-container.js';
import { runInContainer } from '../../src/activities/run-in-container.js';
import { loadConfig } from '../../src/config.js';
import type { JobRequest } from '../../src/job.js';
import type { Language } from '../../src/languages.js';
import { createLog } from '../../src/log.js';
import { createRunnerHost } from '../../src/workers/runner-host.js';
import { type LanguageProgram, readPrograms, readSources } from '../language-programs.js';
import { testEnvironment } from './global-setup.js';
import { docker, expectNoContainers } from './service.js';

const SETTLED_MS = 3_000;

/** Of the CPU time of a hello world's normal start, when the program comes. The most is left where it is compiled then. */
const LEFT_AT_MOST = 0.6;

/** A program's name, and its source. */
export type Programs = [name: string, code: string][];

/** Runs every program of each of these languages in both ways, and looks whether what waits has started much of what there is to. */
export function testStarts(languages: readonly Language[], programsOf: (language: Language) => Programs) {
  const name = `ready-${process.pid}`;
  const host = createRunnerHost({
    ...{ config: loadConfig(testEnvironment('', name)), name, docker, languages },
    ...{ createSlots: createHolderlessSlots, log: createLog('test', 'warn') },
  });

  afterAll(async () => {
    await Promise.all(host.cleanUps);
    await expectNoContainers(name);
  });

  test.each(languages)('$id has done much of its start before the program comes', async (language) => {
    const { ready, ...plain } = language;
    expect(await cpuOfHello(language)).toBeLessThan((await cpuOfHello(plain)) * LEFT_AT_MOST);
  });

  describe.each(languages.map((language) => [language.id, language] as const))('%s', (_, language) => {
    const { ready, ...plain } = language;
    test.each(programsOf(language))('%s', async (_, code) => {
      const [waited, started] = [await run(language, code), await run(plain, code)];
      expect(waited).toEqual(started);
    });

    test('a program of two files', async () => {
      const program = readPrograms(language).find(({ files }) => files.length > 0) as LanguageProgram;
      for (const on of await Promise.all([language, plain].map(hostThatWaits))) {
        const [{ run }] = await runOnce(language, readSources(program), on);
        expect([run.stdout.toString(), run.stderr.toString()]).toEqual([program.stdout, '']);
      }
    });
  });

  const runOnce = (language: Language, sources: Pick<JobRequest, 'code' | 'files'>, on = host) =>
    runInContainer(on, {
      ...{ jobId: `${name}-${Math.random()}`, attempt: 1, language, ...sources, owner: 'somebody' },
      ...{ signal: new AbortController().signal, onStart: () => {} },
    });

  async function run(language: Language, code: string) {
    const [{ run, supervisor }] = await runOnce(language, { code });
    const { exit_code, signal, timed_out, oom_kills } = supervisor;
    // Addresses, the time of day, pids and names of temporary files differ from run to run.
    const differing = /0x[0-9a-f]+|\b\d+ ms:.*|\[\d+:|\d\d?:\d\d:\d\d|clojure-\d+|tid=\d+|\{[0-9A-F]+\}/g;
    const toText = (bytes: Buffer) => bytes.toString().replaceAll(differing, '#');
    return {
      ...{ exit_code, signal, timed_out, outOfMemory: oom_kills > 0 },
      ...{ stdout: toText(run.stdout), stderr: toText(run.stderr) },
    };
  }

  /** Has one container, which has waited for long enough to have started all that it can. */
  async function hostThatWaits(language: Language): Promise<typeof host> {
    const leased = await startWaitingContainer(host, language);
    await sleep(SETTLED_MS);
    const pool = { take: () => leased, keep: () => false, serve() {}, unserve() {}, close: async () => {} };
    return { ...host, pool };
  }

  /** CPU time, in microseconds, of a hello world. */
  async function cpuOfHello(language: Language): Promise<number> {
    const [{ run, supervisor }] = await runOnce(
      language,
      { code: language.hello },
      await hostThatWaits(language),
    );
    expect(run.stdout.toString().trim()).toBe('drill my brain');
    return supervisor.cpu_us;
  }
}
