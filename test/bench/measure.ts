// Variants of one thing, measured in turn in one run, since the machine's speed drifts: what counts is their ratio.

export type Variant = {
  name: string;
  /** Not counted. */
  before?: () => Promise<void>;
  run: () => Promise<void>;
};

const WARM_UPS = 3;

/** Runs each variant `rounds` times, one after the other, and prints milliseconds and their ratio to the first, pair by pair. */
export async function measure(variants: readonly Variant[], rounds: number): Promise<void> {
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
  const rows = variants.map(({ name }) => {
    const ms = taken.get(name) ?? [];
    const ratios = ms.map((value, round) => value / (first[round] as number));
    return [
      name,
      ...[0.5, 0.95].map((share) => quantile(ms, share).toFixed(1)),
      quantile(ratios, 0.5).toFixed(2),
    ];
  });
  printTable([['', 'p50 ms', 'p95 ms', 'ratio'], ...rows]);
}

/** The value below which `share` of the others lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

/** Rows of equal length; the first is the heading. */
export function printTable(rows: readonly string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const toLine = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  console.log(['', ...rows.map(toLine), ''].join('\n'));
}
