import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRunBudget } from '../../src/activities/run-budget.js';
import type { RunReport } from '../../src/activities/verdict.js';
import type { Limits } from '../../src/languages.js';

const limits = { timeLimitMs: 5_000, outputBytes: 65_536 } as Limits;

const runs = (count: number) => ({ code: '', runs: Array.from({ length: count }, () => ({})) });

const printed = (stdout: string, compile: string | null = null) =>
  ({
    run: { stdout: Buffer.from(stdout), stderr: Buffer.alloc(0) },
    compile: compile === null ? null : { stdout: Buffer.alloc(0), stderr: Buffer.from(compile) },
  }) as RunReport;

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('a program that runs once has its own limits, or the lower ones that it asks for', () => {
  expect(createRunBudget(limits, { code: '' }).next()).toEqual({
    timeLimitMs: 5_000,
    outputBytes: 65_536,
    isCut: false,
  });
  const lower = createRunBudget(limits, { code: '', time_limit_ms: 7, output_bytes: 8 });
  vi.advanceTimersByTime(100_000);
  expect(lower.next()).toEqual({ timeLimitMs: 7, outputBytes: 8, isCut: false });
});

test('the runs of a job have a minute together, and the last of them what is left', () => {
  const budget = createRunBudget(limits, runs(9));
  vi.advanceTimersByTime(55_000);
  expect(budget.next()).toMatchObject({ timeLimitMs: 5_000, isCut: false });
  vi.advanceTimersByTime(1_000);
  expect(budget.next()).toMatchObject({ timeLimitMs: 4_000, isCut: true });
  vi.advanceTimersByTime(4_000);
  expect(budget.next()).toBeUndefined();
});

test('or as long as one run may take, where that is more', () => {
  const budget = createRunBudget({ ...limits, timeLimitMs: 90_000 }, runs(2));
  vi.advanceTimersByTime(80_000);
  expect(budget.next()).toMatchObject({ timeLimitMs: 10_000, isCut: true });
});

test('output counts as it is written in JSON, that of the compile step too', () => {
  const budget = createRunBudget(limits, runs(10));
  const outputBytes = () => budget.next()?.outputBytes as number;
  budget.spend(printed('a'.repeat(500_000)));
  expect(outputBytes()).toBe(65_536);
  budget.spend(printed('\0'.repeat(50_000)));
  const before = outputBytes();
  expect(before).toBeLessThan(65_536);
  budget.spend(printed('', 'w'.repeat(12_000)));
  expect(before - outputBytes()).toBeCloseTo(1_000, -1);
  budget.spend(printed('a'.repeat(1_000_000)));
  expect(outputBytes()).toBe(0);
});

test('the limits of the run after the next are told while there is enough for both', () => {
  const own = { timeLimitMs: 5_000, outputBytes: 65_536, isCut: false };
  const budget = createRunBudget(limits, runs(10));
  expect(budget.afterNext()).toEqual(own);
  vi.advanceTimersByTime(50_000);
  expect(budget.afterNext()).toEqual(own);
  vi.advanceTimersByTime(1);
  expect(budget.afterNext()).toBeUndefined();
  expect(createRunBudget(limits, { code: '' }).afterNext()).toBeUndefined();
});

test('and are not when the output of the next may change them', () => {
  const budget = createRunBudget(limits, runs(10));
  budget.spend(printed('a'.repeat(440_000)));
  expect(budget.afterNext()).toBeDefined();
  budget.spend(printed('a'.repeat(20_000)));
  expect([budget.next()?.outputBytes, budget.afterNext()]).toEqual([65_536, undefined]);
});
