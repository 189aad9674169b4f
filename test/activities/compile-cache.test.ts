import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Compiled, compileKey, createCompileCache } from '../../src/activities/compile-cache.js';
import type { Language } from '../../src/languages.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const KB = 1024;
const made = (bytes: number): Compiled => ({
  frames: [Buffer.alloc(bytes)],
  ...{ stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), wallUs: 1 },
});

test('what was used longest ago goes first, and what is too large is not kept', () => {
  const cache = createCompileCache(100 * KB);
  const keys = ['a', 'b', 'c'];
  for (const key of keys) cache.keep(key, made(30 * KB));
  cache.find('a');
  cache.keep('d', made(30 * KB));
  expect(['a', 'b', 'c', 'd'].map((key) => cache.find(key) !== undefined)).toEqual([true, false, true, true]);
  cache.keep('e', made(101 * KB));
  expect(cache.find('e')).toBeUndefined();
});

test('small entries count with what they take beside their bytes', () => {
  const cache = createCompileCache(100 * KB);
  for (let n = 0; n < 1_000; n++) cache.keep(`${n}`, made(0));
  const kept = Array.from({ length: 1_000 }, (_, n) => cache.find(`${n}`)).filter(Boolean);
  expect(kept.length).toBeGreaterThan(20);
  expect(kept.length).toBeLessThan(100);
});

test('the second of two for one key takes the first one’s place and room', () => {
  const cache = createCompileCache(100 * KB);
  const last = made(40 * KB);
  cache.keep('other', made(40 * KB));
  for (let n = 0; n < 5; n++) cache.keep('a', made(40 * KB));
  cache.keep('a', last);
  expect(cache.find('a')).toBe(last);
  expect(cache.find('other')).toBeDefined();
});

test('everything goes after ten minutes, however often it is used, and at once when it is dropped', () => {
  const cache = createCompileCache(100 * KB);
  cache.keep('a', made(1));
  cache.keep('b', made(1));
  cache.drop('b');
  expect(cache.find('b')).toBeUndefined();
  vi.advanceTimersByTime(599_000);
  expect(cache.find('a')).toBeDefined();
  vi.advanceTimersByTime(2_000);
  expect(cache.find('a')).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

const c = { id: 'c', file: 'main.c', compile: ['gcc', 'main.c'] } as unknown as Language;
const JOB = {
  ...{ owner: 'alice', language: c, code: 'int x;', entrypoint: 'a.c', compile_flags: ['-g'] },
  files: [{ path: 'a.c', content: 'int y;' }],
};

test('two jobs have one key only if nothing is different that their compiler or their caller could tell', () => {
  const file = (path: string, content: string) => ({ ...JOB, files: [{ path, content }] });
  const { code: _, ...codeless } = JOB;
  const others = [
    ...[{ ...JOB, owner: 'bob' }, { ...JOB, code: 'int z;' }, { ...JOB, code: '' }, codeless],
    ...[file('b.c', 'int y;'), file('a.c', 'int z;'), { ...JOB, files: [] }, { ...JOB, entrypoint: 'b.c' }],
    { ...JOB, files: [{ path: 'a.c', content: 'int y;', encoding: 'base64' as const }] },
    ...[
      { ...JOB, compile_flags: [] },
      { ...JOB, compile_flags: ['-', 'g'] },
    ],
    ...[
      { ...JOB, language: { ...c, id: 'd' } },
      { ...JOB, language: { ...c, compile: ['gcc', '-O2', 'main.c'] } },
    ],
    { ...JOB, language: { ...c, file: 'a.c' } },
  ];
  const keys = [compileKey(JOB, 'image:1'), compileKey(JOB, 'image:2')];
  keys.push(...others.map((job) => compileKey(job, 'image:1')));
  expect(new Set(keys).size).toBe(others.length + 2);
  expect(keys.every((key) => key?.length === 44)).toBe(true);
  const same = { ...JOB, args: ['x'], stdin: 'y', env: { A: 'b' }, time_limit_ms: 5, runs: [{}] };
  expect(compileKey(same, 'image:1')).toBe(keys[0]);
});

test('nobody’s job has none, nor has one with a memory limit of its own, or without a compile step', () => {
  const { compile: _, ...interpreted } = c;
  for (const job of [
    { ...JOB, owner: null },
    { ...JOB, memory_bytes: 2 ** 26 },
    { ...JOB, language: interpreted },
  ])
    expect(compileKey(job, 'image:1')).toBeUndefined();
});
