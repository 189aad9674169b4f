import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentile, summarize, toLine } from '../../src/simulation/summary.js';

const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

test.each([
  ['p50 of a hundred', hundred, 50, 50],
  ['p90 of a hundred', hundred, 90, 90],
  ['p99 of a hundred', hundred, 99, 99],
  ['p99 of three', [10, 20, 30], 99, 30],
  ['p50 of three', [10, 20, 30], 50, 20],
  ['p50 of four', [10, 20, 30, 40], 50, 20],
  ['p0 of three', [10, 20, 30], 0, 10],
  ['p100 of three', [10, 20, 30], 100, 30],
  ['p50 of one', [7], 50, 7],
  ['p50 of none', [], 50, null],
])('%s', (_, sorted, percent, expected) => {
  expect(percentile(sorted, percent)).toBe(expected);
});

test('a percentile is the smallest value that so many percent do not exceed', () => {
  const times = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const sorted = [...values].sort((a, b) => a - b);
      const found = percentile(sorted, percent) as number;
      const needed = (percent / 100) * sorted.length - 1e-9;
      expect(sorted.filter((value) => value <= found).length).toBeGreaterThanOrEqual(needed);
      expect(sorted.filter((value) => value < found).length).toBeLessThan(needed);
    }),
  );
});

test('a summary counts errors as requests, and only right answers have times', () => {
  const summary = summarize([30, 10, 20], 2);
  expect(summary).toEqual({ requests: 5, errors: 2, averageMs: 20, p50Ms: 20, p90Ms: 30, p99Ms: 30 });
  expect(toLine(summary)).toBe('requests 5, errors 2, average 20 ms, p50 20 ms, p90 30 ms, p99 30 ms');
});

test('without an answer there are no times', () => {
  expect(toLine(summarize([], 3))).toBe('requests 3, errors 3, average -, p50 -, p90 -, p99 -');
});
