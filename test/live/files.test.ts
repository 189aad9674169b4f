// Programs of several files, and paths that lead nowhere good.
import { afterAll, expect, test } from 'vitest';
import { acceptedJobSchema } from '../../src/api/job-schemas.js';
import type { JobFile } from '../../src/job-fields.js';
import { expectNoPrograms, hasEnded, request, untilJob } from './service.js';

afterAll(() => expectNoPrograms());

const submit = (job: object) => request('/jobs', { body: JSON.stringify(job) });

async function run(job: object) {
  const response = await submit(job);
  expect(response.status, await response.clone().text()).toBe(200);
  return untilJob(acceptedJobSchema.parse(await response.json()).job_id, hasEnded);
}

const file = (path: string, content: string): JobFile => ({ path, content });

const PROJECTS: [language: string, code: string, files: JobFile[]][] = [
  [
    'python',
    'from lib.brain import drill\nprint(drill(open("data/word.txt").read()))',
    [
      file('lib/brain.py', 'from lib.deep import twice\ndrill = lambda word: twice(word.strip())'),
      file('lib/deep.py', 'def twice(word): return f"{word} {word}"'),
      file('data/word.txt', 'drill\n'),
    ],
  ],
  [
    'c',
    '#include <stdio.h>\n#include "brain.h"\nint main(void) { printf("%s %s\\n", drill(), drill()); }',
    [
      file('brain.h', '#pragma once\nconst char *drill(void);'),
      file('brain.c', '#include "brain.h"\nconst char *drill(void) { return "drill"; }'),
    ],
  ],
  [
    'cpp',
    '#include <iostream>\n#include "brain/brain.hpp"\nint main() { std::cout << drill() << " drill\\n"; }',
    [
      file('brain/brain.hpp', '#include <string>\nstd::string drill();'),
      file('brain.cpp', '#include "brain/brain.hpp"\nstd::string drill() { return "drill"; }'),
    ],
  ],
  [
    'go',
    'package main\n\nfunc main() { println2(drill()) }',
    [
      file('brain.go', 'package main\n\nfunc drill() string { return "drill" }'),
      file('print.go', 'package main\n\nimport "fmt"\n\nfunc println2(s string) { fmt.Println(s, s) }'),
    ],
  ],
  [
    'java',
    'public class Main { public static void main(String[] args) { IO.println(new Brain().drill()); } }',
    [file('Brain.java', 'class Brain { String drill() { return "drill drill"; } }')],
  ],
  [
    'javascript',
    'const { drill } = require("./lib/brain");\nconsole.log(drill, require("./data.json").word);',
    [file('lib/brain.js', 'exports.drill = "drill";'), file('data.json', '{"word": "drill"}')],
  ],
  [
    'ruby',
    'require_relative "brain"\nputs Brain.drill',
    [file('brain.rb', 'module Brain\n  def self.drill = "drill drill"\nend')],
  ],
  [
    'perl',
    'use lib ".";\nuse Brain;\nprint Brain::drill(), "\\n";',
    [file('Brain.pm', 'package Brain;\nsub drill { "drill drill" }\n1;')],
  ],
  [
    'php',
    '<?php require "brain.php"; echo drill(), "\\n";',
    [file('brain.php', '<?php function drill() { return "drill drill"; }')],
  ],
  ['bash', '. ./brain.sh; drill', [file('brain.sh', 'drill() { echo drill drill; }')]],
];

test.concurrent.each(PROJECTS)('%s runs a program of several files', async (language, code, files) => {
  const job = await run({ language, code, files });
  expect([job.status, job.stdout], job.stderr ?? '').toEqual(['completed', 'drill drill\n']);
});

test('bytes come as base64, and every run of a job has the files', async () => {
  const code = 'print(open("bytes", "rb").read()); open("bytes", "w").write("dirt")';
  const files = [{ path: 'bytes', content: 'AP8Q', encoding: 'base64' }];
  const job = await run({ language: 'python', code, files, runs: [{}, {}] });
  expect(job.runs?.map(({ stdout }) => stdout)).toEqual(["b'\\x00\\xff\\x10'\n", "b'\\x00\\xff\\x10'\n"]);
});

test('a hundred files as deep as they may be', async () => {
  const deep = (n: number) => `${Array.from({ length: 15 }, (_, part) => `${n}-${part}`).join('/')}/file`;
  const files = Array.from({ length: 100 }, (_, n) => file(deep(n), `${n}`));
  const code = 'import glob; print(len(glob.glob("**/file", recursive=True)))';
  expect(await run({ language: 'python', code, files })).toMatchObject({ stdout: '100\n' });
});

const INVALID = 'Invalid request body. ';
const RELATIVE = 'must be relative, without empty parts, . and ...';

test.each<[string, JobFile[], string]>([
  ['a path above', [file('../x', '')], `${INVALID}files[0].path: ${RELATIVE}`],
  ['a path that goes up and down', [file('a/../../x', '')], `${INVALID}files[0].path: ${RELATIVE}`],
  ['an absolute path', [file('/etc/x', '')], `${INVALID}files[0].path: ${RELATIVE}`],
  ['an empty path', [file('', '')], `${INVALID}files[0].path: ${RELATIVE}`],
  ['a folder', [file('a/', '')], `${INVALID}files[0].path: ${RELATIVE}`],
  ['NUL', [file('a', ''), file('a\0b', '')], `${INVALID}files[1].path: must not contain NUL.`],
  ['a long path', [file('é'.repeat(128), '')], `${INVALID}files[0].path: must have at most 255 bytes.`],
  [
    'a deep path',
    [file('a/'.repeat(16).concat('b'), '')],
    `${INVALID}files[0].path: must be at most 16 deep.`,
  ],
  ['the same path twice', [file('a', ''), file('a', '')], 'files: two files for one path: a'],
  [
    'the same, composed otherwise',
    [file('é', ''), file('e\u0301', '')],
    'files: two files for one path: e\u0301',
  ],
  ['the code’s own path', [file('main.py', '')], 'files: two files for one path: main.py'],
  ['a file and a folder', [file('a', ''), file('a/b', '')], 'files: two files for one path: a/b'],
  ['a folder and a file', [file('a/b', ''), file('a', '')], 'files: two files for one path: a'],
  [
    '101 files',
    Array.from({ length: 101 }, (_, n) => file(`${n}`, '')),
    `${INVALID}files: Too big: expected array to have <=100 items.`,
  ],
  [
    'broken base64',
    [{ path: 'a', content: 'AP8', encoding: 'base64' }],
    `${INVALID}files[0].content: must be base64.`,
  ],
])('%s is refused', async (_, files, text) => {
  const response = await submit({ language: 'python', code: 'print(1)', files });
  expect([response.status, await response.text()]).toEqual([400, text]);
});
