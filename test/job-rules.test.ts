import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CodeRefused } from '../src/code-rules.js';
import { PROJECT_ROOT } from '../src/config.js';
import { type JobRequest, jobRequestSchema } from '../src/job.js';
import { parseJob } from '../src/job-rules.js';
import { loadLanguages } from '../src/languages.js';

const rules = {
  languages: loadLanguages(join(PROJECT_ROOT, 'languages')),
  dangerousPatterns: ['mkfs'],
};

/** Type and text of the rule that a job breaks. */
function refusal(job: JobRequest): [string, string] | undefined {
  try {
    parseJob(job, rules);
    return undefined;
  } catch (error) {
    if (!(error instanceof CodeRefused)) throw error;
    return [error.type, error.message];
  }
}

const start = { path: 'src/start.py', content: 'print(1)' };
const job = { language: 'python', files: [start], entrypoint: 'src/start.py' };
const base64 = (bytes: Buffer) => ({
  path: start.path,
  content: bytes.toString('base64'),
  encoding: 'base64' as const,
});

test.each<[string, JobRequest]>([
  ['one of its files', job],
  ['one of its files, beside its code', { ...job, code: 'x = 1' }],
  [
    'the language’s own, which is one of its files then',
    { ...job, files: [{ ...start, path: 'main.py' }], entrypoint: 'main.py' },
  ],
  ['a file of bytes', { ...job, files: [base64(Buffer.from('print(1)'))] }],
])('a job may begin with %s', (_, request) => {
  expect(refusal(request)).toBeUndefined();
});

test.each<[string, Partial<JobRequest>, string, string]>([
  ['that is not there', { entrypoint: 'x.py' }, 'no_entrypoint', 'entrypoint: no file x.py among files'],
  ['without files', { files: undefined }, 'no_entrypoint', 'entrypoint: no file src/start.py among files'],
  [
    'for a language that has no such thing',
    { language: 'c' },
    'not_for_language',
    'entrypoint: c takes no other file than main.c to begin with',
  ],
  ['that is empty', { files: [{ ...start, content: ' ' }] }, 'empty_code', 'Code cannot be empty'],
  [
    'with a dangerous pattern',
    { files: [{ ...start, content: 'MKFS' }] },
    'dangerous_pattern',
    'Code contains potentially dangerous pattern: mkfs',
  ],
  [
    'with one in base64',
    { files: [base64(Buffer.from('mkfs'))] },
    'dangerous_pattern',
    'Code contains potentially dangerous pattern: mkfs',
  ],
  [
    'that is too long',
    { files: [{ ...start, content: 'x'.repeat(50_001) }] },
    'code_size_chars',
    'Code exceeds maximum of 50000 characters (got 50001)',
  ],
  [
    'that is too large',
    { files: [{ ...start, content: 'é'.repeat(51_201) }] },
    'code_size_bytes',
    'Code size exceeds maximum of 100 KB (got 100 KB)',
  ],
  [
    'that is no UTF-8',
    { files: [base64(Buffer.from([255]))] },
    'invalid_encoding',
    'Code is not valid UTF-8',
  ],
  ['beside empty code', { code: '' }, 'empty_code', 'Code cannot be empty'],
])('a file to begin with %s is refused', (_, changes, type, text) => {
  expect(refusal({ ...job, ...changes } as JobRequest)).toEqual([type, text]);
});

test('words for a compiler are refused where there is none', () => {
  expect(refusal({ language: 'py', code: '1', compile_flags: [] })).toEqual([
    'not_for_language',
    'compile_flags: python has no compile step',
  ]);
  expect(refusal({ language: 'c', code: '1', compile_flags: ['-O0'] })).toBeUndefined();
});

test('code or a file to begin with is needed, and its path is one', () => {
  const issues = (request: object) =>
    jobRequestSchema.safeParse(request).error?.issues.map(({ path }) => path.join('.'));
  expect(issues(job)).toBeUndefined();
  expect(issues({ language: 'python', files: [start], cpus: 1 })).toEqual(['', 'code']);
  for (const entrypoint of ['-c', '@x', '/a', '../a', 'a//b', '', 'a\0', 'x'.repeat(256)])
    expect(issues({ ...job, entrypoint })?.[0], entrypoint).toBe('entrypoint');
  expect(issues({ ...job, compile_flags: Array.from({ length: 33 }, () => 'x') })).toEqual(['compile_flags']);
  expect(issues({ ...job, compile_flags: ['x'.repeat(256)] })).toEqual(['compile_flags.0']);
});
