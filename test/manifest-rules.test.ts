import { describe, expect, test } from 'vitest';
import type { CodeRules } from '../src/code-rules.js';
import { PROJECT_ROOT } from '../src/config.js';
import { type JobRequest, jobRequestSchema } from '../src/job.js';
import { parseJob } from '../src/job-rules.js';
import { findLanguage, type Language, loadLanguages, withDependencies } from '../src/languages.js';

const languages = loadLanguages(`${PROJECT_ROOT}/languages`);
const off: CodeRules = { languages, dangerousPatterns: [] };
const on: CodeRules = { ...off, dependencies: { timeLimitMs: 1_000 } };

describe('a job with a manifest', () => {
  const job: JobRequest = {
    language: 'py',
    code: 'import six',
    manifest: 'requirements.txt',
    files: [{ path: 'requirements.txt', content: 'six==1.16.0\n' }],
  };

  test('is taken where dependencies are switched on', () => {
    expect(parseJob(job, on).id).toBe('python');
    expect(() => parseJob(job, off)).toThrow('manifest: dependencies are switched off here');
    expect(parseJob({ ...job, manifest: undefined } as JobRequest, off).id).toBe('python');
  });

  test.each([
    [
      { files: [{ path: 'requirements.txt', content: 'six\n-r x' }] },
      'requirements.txt: line 2: options are not',
    ],
    [{ files: [] }, 'requirements.txt is none of files'],
    [{ manifest: 'package.json' }, 'must be called requirements.txt'],
    [{ language: 'bash' }, 'jobs in Bash cannot bring dependencies along'],
  ])('and %j is refused, with a type that is counted', (change, why) => {
    expect(() => parseJob({ ...job, ...change } as JobRequest, on)).toThrow(
      expect.objectContaining({ type: 'manifest', message: expect.stringMatching(`^manifest: .*${why}`) }),
    );
  });

  test('may use what the language has for such jobs, and no more', () => {
    const { limits, dependencies } = findLanguage(languages, 'python') ?? {};
    const most = dependencies?.limits.memoryBytes ?? 0;
    expect(most).toBeGreaterThan(limits?.memoryBytes ?? Infinity);
    expect(parseJob({ ...job, memory_bytes: most }, on).id).toBe('python');
    expect(() => parseJob({ ...job, memory_bytes: most + 1 }, on)).toThrow(`at most ${most} for python`);
    const without = { language: 'python', code: '1', memory_bytes: most };
    expect(() => parseJob(without, on)).toThrow(`at most ${limits?.memoryBytes} for python`);
  });

  test.each(['../requirements.txt', '/requirements.txt', 'a//requirements.txt', ''])(
    'whose path is %j is none',
    (manifest) => {
      expect(jobRequestSchema.safeParse({ ...job, manifest }).success).toBe(false);
    },
  );
});

describe('a Cargo project', () => {
  const manifest = { path: 'Cargo.toml', content: '[package]\nname = "mine"\n' };
  const main = { path: 'src/main.rs', content: 'fn main() {}' };
  const project = { language: 'rust', manifest: 'Cargo.toml', files: [manifest, main] };

  test('begins with src/main.rs, among its files or as its code', () => {
    expect(parseJob({ ...project, entrypoint: 'src/main.rs' } as JobRequest, on).id).toBe('rust');
    expect(parseJob({ ...project, code: main.content, files: [manifest] } as JobRequest, on).id).toBe('rust');
    expect(() => parseJob({ ...project, code: main.content } as JobRequest, on)).toThrow(
      'files: two files for one path: src/main.rs',
    );
    const without = { language: 'rust', code: main.content, files: [main] };
    expect(parseJob(without as JobRequest, on).id).toBe('rust');
  });

  test('has a compiler and limits of its own', () => {
    const rust = findLanguage(languages, 'rust') as Language;
    expect(withDependencies(rust)).toMatchObject({
      ...{ file: 'src/main.rs', run: rust.run, limits: { cpus: 2, compileTimeLimitMs: 120_000 } },
      compile: expect.arrayContaining(['src/main.rs']),
    });
    expect(rust).toMatchObject({ file: 'main.rs', limits: { cpus: 1, compileTimeLimitMs: 30_000 } });
  });
});

test('an operator’s limits are the least that such jobs have as well', () => {
  const load = (memory: number) =>
    findLanguage(loadLanguages(`${PROJECT_ROOT}/languages`, { python: { 'memory-mb': memory } }), 'python');
  expect(load(1024)?.dependencies?.limits.memoryBytes).toBe(1024 * 2 ** 20);
  expect(load(64)?.dependencies?.limits.memoryBytes).toBe(256 * 2 ** 20);
});
