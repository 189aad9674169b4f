// What a job may ask for beside its code: input, arguments, variables, lower limits, an expected output, and many runs.
import { afterAll, describe, expect, test } from 'vitest';
import { acceptedJobSchema, type JobBody } from '../../src/api/job-schemas.js';
import type { JobRequest } from '../../src/job.js';
import { readGiven } from '../given-containers.js';
import { expectNoPrograms, hasEnded, request, service, untilJob } from './service.js';

afterAll(() => expectNoPrograms());

async function submit(job: JobRequest): Promise<string> {
  const response = await request('/jobs', { body: JSON.stringify(job) });
  expect(response.status, await response.clone().text()).toBe(200);
  return acceptedJobSchema.parse(await response.json()).job_id;
}

const run = async (job: JobRequest): Promise<JobBody> => untilJob(await submit(job), hasEnded, 120_000);

async function refusal(job: object): Promise<string> {
  const response = await request('/jobs', { body: JSON.stringify(job) });
  expect(response.status).toBe(400);
  return response.text();
}

const ECHO: Record<string, string> = {
  python: 'import os, sys\nprint(sys.stdin.read(), sys.argv[1:], os.environ["LEVEL"])',
  javascript:
    'const { argv, env } = process;\nconsole.log(require("fs").readFileSync(0, "utf8"), JSON.stringify(argv.slice(2)), env.LEVEL)',
  ruby: 'puts "#{STDIN.read} #{ARGV} #{ENV["LEVEL"]}"',
  perl: 'print join("", <STDIN>), " [", join("][", @ARGV), "] $ENV{LEVEL}\\n"',
  php: '<?php echo stream_get_contents(STDIN), " ", json_encode(array_slice($argv, 1)), " ", getenv("LEVEL"), "\\n";',
  java: `
    public class Main {
        public static void main(String[] args) throws Exception {
            var input = new String(System.in.readAllBytes());
            System.out.println(input + " " + String.join("|", args) + " " + System.getenv("LEVEL"));
        }
    }`,
  bash: 'echo "$(cat) $# $1 $2 $LEVEL"',
  c: `
    #include <stdio.h>
    #include <stdlib.h>
    int main(int count, char **words) {
      for (int c; (c = getchar()) != EOF;) putchar(c);
      for (int i = 1; i < count; i++) printf(" [%s]", words[i]);
      printf(" %s\\n", getenv("LEVEL"));
    }`,
};

const ECHOED: Record<string, string> = {
  python: "3 4 ['one', 'two words'] high\n",
  javascript: '3 4 ["one","two words"] high\n',
  ruby: '3 4 ["one", "two words"] high\n',
  perl: '3 4 [one][two words] high\n',
  php: '3 4 ["one","two words"] high\n',
  java: '3 4 one|two words high\n',
  bash: '3 4 2 one two words high\n',
  c: '3 4 [one] [two words] high\n',
};

test.concurrent.each(Object.keys(ECHO))('%s gets its input, arguments and variables', async (language) => {
  const code = ECHO[language] as string;
  const given = { stdin: '3 4', args: ['one', 'two words'], env: { LEVEL: 'high' } };
  const job = await run({ language, code, ...given });
  expect([job.status, job.stdout], job.stderr ?? '').toEqual(['completed', ECHOED[language]]);
  expect([job.verdict, job.runs]).toEqual([null, undefined]);
});

test('half a megabyte of input comes through, and one that nobody reads holds up nothing', async () => {
  const stdin = 'x'.repeat(500_000);
  const code = 'import sys; print(len(sys.stdin.read()))';
  expect(await run({ language: 'python', code, stdin })).toMatchObject({ stdout: '500000\n' });
  const unread = { language: 'python', code: 'print(1)', stdin };
  for (let n = 0; n < 2; n++) expect(await run(unread)).toMatchObject({ status: 'completed', stdout: '1\n' });
});

test('lower limits hold, and higher ones are refused', async () => {
  const loop = { language: 'python', code: 'print("on", flush=True)\nwhile True: pass', time_limit_ms: 300 };
  const slow = await run(loop);
  expect(slow).toMatchObject({ status: 'timedout', stdout: 'on\n' });
  expect(slow.execution_duration_ms).toBeLessThan(2_000);
  const wordy = await run({ language: 'python', code: 'print("0123456789")', output_bytes: 4 });
  expect(wordy).toMatchObject({ status: 'failed', reason: 'output_limit', stdout: '0123', truncated: true });
  expect(await refusal({ ...loop, time_limit_ms: 5_001 })).toBe('time_limit_ms: at most 5000 for python');
  const large = { language: 'python', code: 'print(len(bytearray(20_000_000)))' };
  expect(await run(large)).toMatchObject({ status: 'completed', stdout: '20000000\n' });
  const small = await run({ ...large, memory_bytes: 16 * 2 ** 20 });
  expect(small).toMatchObject({ status: 'failed', reason: 'memory_limit' });
  expect(await run({ ...large, memory_bytes: 40 * 2 ** 20, runs: [{}, {}] })).toMatchObject({
    runs: [{ stdout: '20000000\n' }, { stdout: '20000000\n' }],
  });
  expect(await refusal({ ...large, memory_bytes: 2 ** 30 })).toBe(
    'memory_bytes: at most 52428800 for python',
  );
});

test.each([
  ['7\n', 'accepted'],
  ['7', 'accepted'],
  ['7  \r\n\n', 'accepted'],
  [' 7\n', 'wrong_answer'],
  ['8\n', 'wrong_answer'],
])('expecting %j of a program that prints 7 is %s', async (expected_output, verdict) => {
  const job = await run({ language: 'perl', code: 'print "7\\n"', expected_output });
  expect(job).toMatchObject({ status: 'completed', verdict, stdout: '7\n' });
});

test('nothing is said of the output of a program that fails', async () => {
  const job = await run({ language: 'perl', code: 'print "7\\n"; exit 3', expected_output: '7' });
  expect(job).toMatchObject({ status: 'failed', verdict: null });
});

const SUM = 'a, b = map(int, input().split())\nprint(a + b)';
const C_SUM = `
  #include <stdio.h>
  int main(void) {
    int a, b;
    FILE *left = fopen("left", "r");
    if (left != NULL) return 9;
    fclose(fopen("left", "w"));
    if (scanf("%d %d", &a, &b) != 2) return 1;
    printf("%d\\n", a + b);
  }`;

describe.each([
  ['python', SUM],
  ['c', C_SUM],
])('runs of %s', (language, code) => {
  const runs = Array.from({ length: 20 }, (_, n) => ({ stdin: `${n} 1\n`, expected_output: `${n + 1}` }));

  test('each have their own input, result and folder, and one container', async () => {
    const job = await run({ language, code, runs });
    expect(job).toMatchObject({
      status: 'completed',
      verdict: 'accepted',
      output: '20\n',
      runs_stopped: null,
    });
    expect(job.runs?.map(({ stdout, verdict }) => [stdout, verdict])).toEqual(
      runs.map((_, n) => [`${n + 1}\n`, 'accepted']),
    );
    expect(job.cpu_time_ms).toBeGreaterThanOrEqual(job.runs?.[0]?.cpu_time_ms as number);
    const given = readGiven(`${service.dataFolder}/runner.log`).filter(({ jobId }) => jobId === job.job_id);
    expect(given).toHaveLength(20);
    expect(new Set(given.map(({ container }) => container)).size).toBe(1);
  });

  test('the first that does not pass speaks for the job, and ends it if that is asked for', async () => {
    const some = [
      { stdin: '1 2', expected_output: '3' },
      { stdin: '1 2', expected_output: '4' },
      { stdin: 'x' },
    ];
    const all = await run({ language, code, runs: [...some, { stdin: '1 1' }] });
    expect(all).toMatchObject({
      status: 'completed',
      verdict: 'wrong_answer',
      output: '3\n',
      runs_stopped: null,
    });
    expect(all.runs?.map(({ status, reason, verdict }) => [status, reason, verdict])).toEqual([
      ['completed', null, 'accepted'],
      ['completed', null, 'wrong_answer'],
      ['failed', 'exit_code', null],
      ['completed', null, null],
    ]);
    const first = await run({ language, code, runs: some, stop_at_first_failure: true });
    expect(first).toMatchObject({ verdict: 'wrong_answer', runs_stopped: 'first_failure' });
    expect(first.runs).toHaveLength(2);
    const failing = await run({ language, code, runs: [{ stdin: '1 2' }, { stdin: 'x' }, { stdin: '1 2' }] });
    expect(failing).toMatchObject({ status: 'failed', reason: 'exit_code', exit_code: 1 });
    expect(failing.runs).toHaveLength(3);
  });

  test('in a container for each where the job asks for that', async () => {
    const job = await run({ language, code, runs: runs.slice(0, 3), isolation: 'container' });
    expect(job).toMatchObject({ status: 'completed', verdict: 'accepted' });
    const given = readGiven(`${service.dataFolder}/runner.log`).filter(({ jobId }) => jobId === job.job_id);
    expect(new Set(given.map(({ container }) => container)).size).toBe(3);
  });
});

test('a run that meets a limit is followed by others as if nothing had been', async () => {
  const code = `
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    int main(void) {
      switch (getchar()) {
        case 't': for (;;) {}
        case 'm': for (;;) memset(malloc(1 << 20), 1, 1 << 20);
        case 'o': for (;;) puts("output");
        case 's': abort();
      }
      puts("fine");
    }`;
  const runs = [...'tfmfofsf'].map((stdin) => ({ stdin }));
  const job = await run({ language: 'c', code, runs, time_limit_ms: 2000 });
  expect(job).toMatchObject({ status: 'timedout', reason: null });
  expect(job.runs?.map(({ status, reason, stdout }) => [status, reason, stdout.slice(0, 6)])).toEqual([
    ['timedout', null, ''],
    ['completed', null, 'fine\n'],
    ['failed', 'memory_limit', ''],
    ['completed', null, 'fine\n'],
    ['failed', 'output_limit', 'output'],
    ['completed', null, 'fine\n'],
    ['failed', 'signal', ''],
    ['completed', null, 'fine\n'],
  ]);
});

test('a program that does not compile has no runs', async () => {
  const job = await run({ language: 'c', code: 'int main(void) { return x; }', runs: [{}, {}] });
  expect(job).toMatchObject({ status: 'failed', reason: 'compile_error', runs: [], runs_stopped: null });
  expect(job.stderr).toContain('undeclared');
});

test('200 runs get as much output together as one job may keep, and the job ends', async () => {
  // Each NUL takes six bytes in JSON.
  const code = 'import sys\nif input(): [s.write("\\0" * 70000) for s in (sys.stdout, sys.stderr)]';
  const runs = Array.from({ length: 200 }, (_, n) => ({ stdin: n < 40 ? 'loud\n' : '\n' }));
  const job = await run({ language: 'python', code, runs });
  expect(job).toMatchObject({ status: 'failed', reason: 'output_limit', attempt: 1, runs_stopped: null });
  expect(job.runs?.[0]?.stdout).toHaveLength(65_536);
  expect(job.runs?.[2]?.stdout.length).toBeLessThan(65_536);
  expect(job.runs?.map(({ status }) => status)).toEqual(
    runs.map((_, n) => (n < 40 ? 'failed' : 'completed')),
  );
});

test.each([
  [{ stdin: 1 }, 'Invalid request body. stdin: Invalid input: expected string, received number.'],
  [{ args: 'x' }, 'Invalid request body. args: Invalid input: expected array, received string.'],
  [{ args: ['a', 'b\0c'] }, 'Invalid request body. args[1]: must not contain NUL.'],
  [{ args: ['a'.repeat(65_537)] }, 'Invalid request body. args[0]: must have at most 65536 bytes of UTF-8.'],
  [{ env: { 'A=B': 'x' } }, 'Invalid request body. env.A=B: '],
  [{ env: { A: 1 } }, 'Invalid request body. env.A: Invalid input: expected string, received number.'],
  [{ runs: [] }, 'Invalid request body. runs: Too small: expected array to have >=1 items.'],
  [{ runs: Array.from({ length: 501 }, () => ({})) }, 'Invalid request body. runs: Too big'],
  [{ runs: [{}, { stdn: 'x' }] }, 'Invalid request body. runs[1]: Unrecognized key: "stdn".'],
  [{ runs: [{}], stdin: 'x' }, 'Invalid request body. runs: each run has stdin, args and expected_output'],
  [{ time_limit_ms: 0 }, 'Invalid request body. time_limit_ms: Too small'],
  [{ memory_bytes: 1 }, 'Invalid request body. memory_bytes: Too small'],
  [{ output_bytes: 65_537 }, 'Invalid request body. output_bytes: Too big'],
  [{ stdin: 'x'.repeat(9 * 1024 * 1024) }, 'Job exceeds maximum of 9216 KB as JSON (got 9217 KB)'],
  [{ stdin: '\ud800' }, 'Invalid request body. stdin: must be valid Unicode.'],
])('what is asked for wrongly is refused with the name of the field: %#', async (fields, text) => {
  const told = await refusal({ language: 'python', code: 'print(1)', ...fields });
  expect(told.slice(0, text.length)).toBe(text);
});
