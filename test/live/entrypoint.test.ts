// Programs that begin with a file of their own, and compilers that get words more.
import { afterAll, expect, test } from 'vitest';
import { acceptedJobSchema } from '../../src/api/job-schemas.js';
import type { JobRequest } from '../../src/job.js';
import { expectNoPrograms, hasEnded, request, untilJob } from './service.js';

afterAll(() => expectNoPrograms());

const submit = (job: object) => request('/jobs', { body: JSON.stringify(job) });

async function run(job: JobRequest) {
  const response = await submit(job);
  expect(response.status, await response.clone().text()).toBe(200);
  return untilJob(acceptedJobSchema.parse(await response.json()).job_id, hasEnded);
}

const PROGRAMS: [language: string, entrypoint: string, content: string][] = [
  ['python', 'src/app.py', 'import sys\nprint("began", *sys.argv[1:])'],
  ['javascript', 'src/app.js', 'console.log("began", ...process.argv.slice(2))'],
  [
    'java',
    'src/App.java',
    'public class App { public static void main(String[] a) { IO.println("began " + String.join(" ", a)); } }',
  ],
  ['ruby', 'app.rb', 'puts "began #{ARGV.join(" ")}"'],
  ['perl', 'app.pl', 'print "began @ARGV\\n"'],
  ['php', 'a b/app.php', '<?php echo "began ", implode(" ", array_slice($argv, 1)), "\\n";'],
  ['bash', 'é.sh', 'echo began "$@"'],
];

test.concurrent.each(PROGRAMS)(
  '%s begins with %s, with code beside it and without',
  async (language, entrypoint, content) => {
    const job = { language, entrypoint, files: [{ path: entrypoint, content }] };
    for (const given of [job, { ...job, args: ['one', 'two'] }, { ...job, code: '# not run' }]) {
      const ended = await run(given);
      const words = ['began', ...('args' in given ? given.args : [])].join(' ');
      expect([ended.status, ended.stdout?.trim()], ended.stderr ?? '').toEqual(['completed', words]);
    }
  },
);

test('the next job of the caller begins with the language’s own file again', async () => {
  const files = [{ path: 'other.py', content: 'print("other")' }];
  for (let n = 0; n < 3; n++) {
    expect((await run({ language: 'python', entrypoint: 'other.py', files })).stdout).toBe('other\n');
    expect((await run({ language: 'python', code: 'print("main")', files })).stdout).toBe('main\n');
  }
});

test('code is a file beside it, and so is the language’s own file where there is no code', async () => {
  const start = { path: 'start.py', content: 'import main; print(main.word)' };
  const job = { language: 'python', entrypoint: 'start.py' };
  expect((await run({ ...job, code: 'word = 1', files: [start] })).stdout).toBe('1\n');
  const main = { path: 'main.py', content: 'word = 2' };
  expect((await run({ ...job, files: [start, main] })).stdout).toBe('2\n');
  const own = { ...main, content: 'print(3)' };
  expect((await run({ language: 'python', entrypoint: 'main.py', files: [own] })).stdout).toBe('3\n');
});

test('each of a job’s runs begins with it', async () => {
  const files = [{ path: 'a.py', content: 'print(input())' }];
  const job = await run({
    language: 'python',
    entrypoint: 'a.py',
    files,
    runs: [{ stdin: '1' }, { stdin: '2' }],
  });
  expect(job.runs?.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n']);
});

const X =
  '#include <math.h>\n#include <stdio.h>\nint main(int n, char **a) { printf("%g\\n", cbrt(n * 7) + X); }';

test('a compiler gets words more, each time that it compiles', async () => {
  const c = { language: 'c', code: X, compile_flags: ['-DX=3', '-O0', '-Wall'], args: Array(13).fill('x') };
  expect(await run(c)).toMatchObject({ status: 'completed', compile: { exit_code: 0 } });
  const runs = [{}, { args: ['x'] }];
  const cpp = await run({
    language: 'cpp',
    code: 'int main(int n, char **) { return n - X; }',
    compile_flags: ['-DX=2'],
    runs,
  });
  expect(cpp.runs?.map(({ exit_code }) => exit_code)).toEqual([255, 0]);
  const go = 'package main\n\nvar word string\n\nfunc main() { println(word) }';
  expect(
    await run({ language: 'go', code: go, compile_flags: ['-ldflags=-X main.word=flagged'] }),
  ).toMatchObject({
    stderr: 'flagged\n',
  });
  const without = await run({ language: 'c', code: X });
  expect([without.reason, without.stderr]).toEqual([
    'compile_error',
    expect.stringContaining('‘X’ undeclared'),
  ]);
});

test.each([
  ['-fsyntax-only', 127],
  ['-E', 126],
  ['--version', 127],
])('%s makes no program, and that is told of the job, not of the platform', async (flags, exit_code) => {
  const code = 'int main(void) { return 0; }';
  for (const more of [{}, { runs: [{}, {}] }]) {
    const job = await run({ language: 'c', code, compile_flags: flags.split(' '), ...more });
    expect(job).toMatchObject({ status: 'failed', reason: 'exit_code', exit_code, attempt: 1 });
    expect(job.stderr).toContain('cannot run ./main: ');
  }
});

test.each<[string, object, string]>([
  [
    'words for a compiler that is not there',
    { code: '1', compile_flags: ['-O2'] },
    'compile_flags: python has no compile step',
  ],
  [
    'a word with a NUL',
    { language: 'c', code: '1', compile_flags: ['-D\0'] },
    'Invalid request body. compile_flags[0]: must not contain NUL.',
  ],
  ['neither code nor a file', {}, "Invalid request body. Expected JSON with 'code' and 'language' fields."],
  ['a file that is not there', { entrypoint: 'x.py' }, 'entrypoint: no file x.py among files'],
  [
    'an option',
    { entrypoint: '-c' },
    'Invalid request body. entrypoint: must begin with a letter, a digit, _ or ..',
  ],
  [
    'a language that takes none',
    { language: 'go', entrypoint: 'x.go' },
    'entrypoint: go takes no other file than main.go to begin with',
  ],
])('%s is refused', async (_, job, text) => {
  const response = await submit({ language: 'python', ...job });
  expect([response.status, await response.text()]).toEqual([400, text]);
});
