// What a compile step made is there for the same caller's next job with the same source, and for nobody and nothing else.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type JobBody, jobBodySchema } from '../../src/api/job-schemas.js';
import { JOB_TYPE } from '../../src/api/parse-run-request.js';
import { loadConfig } from '../../src/config.js';
import type { JobRequest } from '../../src/job.js';
import { setUp } from '../../src/set-up.js';
import { startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import { scrape } from './scrape.js';
import { expectNoContainers, KEY, OTHER_KEY, service as shared } from './service.js';

type Started = {
  metrics(): Promise<string>;
  run(job: JobRequest, key?: string): Promise<JobBody>;
  stop(): Promise<void>;
};

async function start(name: string, settings: NodeJS.ProcessEnv): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-cache-'));
  const runner = `cache-${name}-${process.pid}`;
  const environment = { ...testEnvironment(folder, runner), ...settings };
  const config = loadConfig(environment);
  // What the other tests do not have is built first.
  await setUp({ ...config, temporal: { ...config.temporal, address: 'another' } }, () => {});
  const { temporalExecutable } = shared;
  const service = await startService({ config, environment, temporalExecutable, report: () => {} });
  return {
    async metrics() {
      const log = readFileSync(join(folder, 'runner.log'), 'utf8');
      const port = [...log.matchAll(/"metricsPort":(\d+)/g)].at(-1)?.[1];
      return (await scrape(`http://127.0.0.1:${port}`)).text;
    },
    async run({ language, ...job }, key = KEY) {
      const headers = { 'X-API-Key': key, Accept: 'application/json', 'Content-Type': JOB_TYPE };
      const response = await fetch(`${service.apiUrl}/lang/${language}`, {
        ...{ method: 'POST', headers, body: JSON.stringify(job) },
      });
      expect(response.status, await response.clone().text()).toBe(200);
      return jobBodySchema.parse(await response.json());
    },
    async stop() {
      await service.stop();
      await expectNoContainers(runner);
      rmSync(folder, { recursive: true });
    },
  };
}

let number = 0;
/** A program that no other test has: it prints its arguments and its input, and its compiler warns. */
const program = () => `
  #include <stdio.h>
  #warning careful
  // ${process.pid}-${++number}
  int main(int count, char **words) {
    for (int c; (c = getchar()) != EOF;) putchar(c);
    for (int i = 1; i < count; i++) puts(words[i]);
    return 0;
  }`;

describe('with a cache', () => {
  let started: Started;
  beforeAll(async () => {
    started = await start('on', { LANGUAGES: 'c,cpp,go,python' });
  });
  afterAll(() => started.stop());

  const run = (job: JobRequest, key?: string) => started.run(job, key);
  const cachedOf = async (job: JobRequest, key?: string) => (await run(job, key)).compile?.cached;

  test('the same caller’s second job is not compiled, and is told the same of its compiler', async () => {
    const code = program();
    const first = await run({ language: 'c', code, args: ['one'], stdin: '1\n' });
    const second = await run({ language: 'c', code, args: ['two'], stdin: '2\n', env: { A: 'b' } });
    expect([first.stdout, second.stdout]).toEqual(['1\none\n', '2\ntwo\n']);
    expect(first.compile).toMatchObject({ cached: false, exit_code: 0 });
    expect(first.compile?.stderr).toContain('careful');
    expect(second.compile).toEqual({ ...first.compile, cached: true });
    expect(second).toMatchObject({ status: 'completed', attempt: 1 });
  });

  test('the program finds the folder as its compiler left it', async () => {
    const code = `
      #include <stdlib.h>
      // ${process.pid}-${++number}
      int main(void) { return system("cd /job && stat -c '%n %A %s %y %h' * sub/*; cat sub/*"); }`;
    const files = [{ path: 'sub/note', content: 'bm90ZQ==', encoding: 'base64' as const }];
    const ends = [await run({ language: 'c', code, files }), await run({ language: 'c', code, files })];
    expect(ends.map(({ compile }) => compile?.cached)).toEqual([false, true]);
    expect(ends[0]?.stdout).toMatch(/^main -rwx.* 1\nmain\.c -rw-.*\n.*\n.*\nnote$/);
    expect(ends[1]?.stdout).toBe(ends[0]?.stdout);
  });

  test('whatever the compiler could see makes another program of it, and so does another caller', async () => {
    const files = [{ path: 'a.h', content: '#define A 1' }];
    const job = { language: 'c', code: program(), files, compile_flags: ['-DA'] };
    expect([await cachedOf(job), await cachedOf(job)]).toEqual([false, true]);
    for (const other of [
      { ...job, code: `${job.code} ` },
      { ...job, compile_flags: ['-DB'] },
      { ...job, files: [{ path: 'a.h', content: '#define A 2' }] },
      { ...job, files: [{ path: 'b.h', content: '#define A 1' }] },
      { ...job, memory_bytes: 100 * 2 ** 20 },
    ])
      expect(await cachedOf(other), JSON.stringify(other)).toBe(false);
    expect([await cachedOf(job, OTHER_KEY), await cachedOf(job, OTHER_KEY)]).toEqual([false, true]);
    expect(await cachedOf(job)).toBe(true);
    expect(await cachedOf({ ...job, memory_bytes: 100 * 2 ** 20 })).toBe(false);
  });

  test('what does not compile is compiled and told anew', async () => {
    const code = `int main(void) { return x; } // ${process.pid}-${++number}`;
    for (const _ of [1, 2]) {
      const job = await run({ language: 'c', code });
      expect(job).toMatchObject({ reason: 'compile_error', compile: { cached: false, exit_code: 1 } });
      expect(job.compile?.stderr).toContain('undeclared');
    }
  });

  test('a compiler that says more than a job allows fails that job, cached or not', async () => {
    const code = program();
    expect(await cachedOf({ language: 'c', code })).toBe(false);
    const small = await run({ language: 'c', code, output_bytes: 10 });
    expect(small).toMatchObject({ status: 'failed', reason: 'output_limit', compile: { cached: false } });
    expect(await cachedOf({ language: 'c', code })).toBe(true);
  });

  test.each([
    ['go', 'package main\n\nfunc main() { println("ran") }\n//'],
    ['cpp', '#include <iostream>\nint main() { std::cerr << "ran\\n"; }\n//'],
  ])('%s programs come from it', async (language, text) => {
    const code = `${text} ${process.pid}`;
    for (const cached of [false, true, true])
      expect(await run({ language, code })).toMatchObject({ stderr: 'ran\n', compile: { cached } });
  });

  test('a container for a job alone begins with it, and leaves to it', async () => {
    const code = program();
    const alone = { language: 'c', code, stdin: 'x\n', isolation: 'container' as const };
    for (const [job, cached] of [
      [alone, false],
      [alone, true],
      [{ ...alone, isolation: undefined }, true],
    ] as const)
      expect(await run(job as JobRequest)).toMatchObject({ stdout: 'x\n', compile: { cached } });
  });

  test('many runs begin with it, in one container or in many', async () => {
    const code = `
      #include <stdio.h>
      // ${process.pid}-${++number}
      int main(int count, char **words) {
        if (fopen("dirt", "r")) puts("dirt");
        fputs(words[0], fopen("dirt", "w"));
        remove("main");
        printf("%d\\n", getchar() - '0');
      }`;
    const runs = [1, 2, 3].map((n) => ({ stdin: `${n}`, expected_output: `${n}` }));
    for (const cached of [false, true]) {
      const job = await run({ language: 'c', code, runs });
      expect(job).toMatchObject({ verdict: 'accepted', compile: { cached } });
      expect(job.runs?.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n']);
    }
    const alone = await run({ language: 'c', code, runs, isolation: 'container' });
    expect(alone).toMatchObject({ verdict: 'accepted', compile: { cached: true } });
  });

  test('artifacts are of the program that ran, not of the one before', async () => {
    const code = `
      #include <stdio.h>
      // ${process.pid}-${++number}
      int main(int count, char **words) { fputs(words[1], fopen("left", "w")); }`;
    for (const word of ['one', 'two']) {
      const job = await run({ language: 'c', code, args: [word], artifacts: ['left', 'main.c'] });
      expect(job.artifacts).toMatchObject([{ content: word }, { content: code }]);
    }
  });

  test('nothing is said of it where nothing is compiled, and its hits and misses are counted', async () => {
    expect((await run({ language: 'python', code: 'print(1)' })).compile).toBeUndefined();
    const metrics = await started.metrics();
    for (const result of ['hit', 'miss'])
      expect(metrics).toMatch(
        new RegExp(`braindrill_runner_compile_cache_total{language="c",result="${result}"} \\d`),
      );
    expect(metrics).not.toContain('compile_cache_total{language="python"');
  });
});

test('without one each job is compiled', async () => {
  const { run, stop } = await start('off', { LANGUAGES: 'c', RUNNER_COMPILE_CACHE_MB: '0' });
  try {
    const code = program();
    for (const _ of [1, 2]) expect((await run({ language: 'c', code })).compile?.cached).toBe(false);
  } finally {
    await stop();
  }
});

test('TypeScript programs come from it', { timeout: 900_000 }, async () => {
  const { run, stop } = await start('typescript', { LANGUAGES: 'typescript' });
  try {
    const code = 'const words: string[] = ["ran"];\nconsole.log(...words);';
    for (const cached of [false, true])
      expect(await run({ language: 'typescript', code })).toMatchObject({
        stdout: 'ran\n',
        compile: { cached },
      });
  } finally {
    await stop();
  }
});
