// Variants of one thing, measured in turn in one run, since the machine's speed drifts: what counts is their ratio. Tables are
// printed, and written as JSON to .braindrill/bench/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';

export type Variant = {
  name: string;
  /** Not counted. */
  before?: () => Promise<void>;
  run: () => Promise<void>;
};

const WARM_UPS = 3;

/**
 * Runs each variant `rounds` times, one after the other, and prints milliseconds and their ratio to the first, pair by pair.
 * Answers with the median ratio of each.
 */
export async function measure(
  title: string,
  variants: readonly Variant[],
  rounds: number,
): Promise<Record<string, number>> {
  const taken = new Map<string, number[]>(variants.map(({ name }) => [name, []]));
  for (let round = -WARM_UPS; round < rounds; round++) {
    for (const { name, before, run } of variants) {
      await before?.();
      const started = performance.now();
      await run();
      if (round >= 0) taken.get(name)?.push(performance.now() - started);
    }
  }
  const first = taken.get(variants[0]?.name ?? '') ?? [];
  const ratios: Record<string, number> = {};
  const rows = variants.map(({ name }) => {
    const ms = taken.get(name) ?? [];
    const ratio = quantile(
      ms.map((value, round) => value / (first[round] as number)),
      0.5,
    );
    ratios[name] = ratio;
    return { '': name, ...percentiles(ms), ratio: ratio.toFixed(2) };
  });
  tell(title, rows);
  return ratios;
}

export type Lanes = {
  name: string;
  /** How many run at once. */
  atOnce: number;
  run: (lane: number) => Promise<void>;
  /** How many of what is counted one run is; 1 unless said. */
  counts?: number;
};

/**
 * Runs each variant for a while, in turn, and prints how many ended in a second; the ratio is to the first. Answers with the
 * median ratio of each.
 */
export async function measureThroughput(
  title: string,
  variants: readonly Lanes[],
  { rounds, windowMs }: { rounds: number; windowMs: number },
): Promise<Record<string, number>> {
  const seen = variants.map((variant) => ({ ...variant, rates: [] as number[], ms: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const one of seen) {
      // So that nobody pays for the start of another.
      await fill(one, windowMs / 5);
      const started = performance.now();
      const ms = await fill(one, windowMs);
      const { counts = 1 } = one;
      one.rates.push(((ms.length * counts) / (performance.now() - started)) * 1000);
      one.ms.push(...ms);
    }
  }
  const first = seen[0]?.rates ?? [];
  const ratios: Record<string, number> = {};
  const rows = seen.map(({ name, rates, ms }) => {
    const ratio = quantile(
      rates.map((rate, round) => rate / (first[round] as number)),
      0.5,
    );
    ratios[name] = ratio;
    return {
      '': name,
      'a second': quantile(rates, 0.5).toFixed(1),
      ratio: ratio.toFixed(2),
      ...percentiles(ms),
    };
  });
  tell(title, rows);
  return ratios;
}

/** Milliseconds of each run that ended. */
async function fill({ atOnce, run }: Lanes, windowMs: number): Promise<number[]> {
  const ms: number[] = [];
  const end = performance.now() + windowMs;
  const lane = async (index: number) => {
    while (performance.now() < end) {
      const started = performance.now();
      await run(index);
      ms.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, index) => lane(index)));
  return ms;
}

export const percentiles = (ms: readonly number[]) =>
  Object.fromEntries(
    [50, 95, 99].map((percent) => [`p${percent} ms`, quantile(ms, percent / 100).toFixed(1)]),
  );

/** The value below which `share` of the others lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

/** Prints a table, and writes it down. */
export function tell(title: string, rows: readonly Record<string, string>[]): void {
  console.log(`\n${title}`);
  printTable([Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]);
  const folder = join(PROJECT_ROOT, '.braindrill/bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${title.replaceAll(' ', '-')}.json`), `${JSON.stringify(rows, null, 2)}\n`);
}

/** Rows of equal length; the first is the heading. */
export function printTable(rows: readonly string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const toLine = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  console.log(['', ...rows.map(toLine), ''].join('\n'));
}
