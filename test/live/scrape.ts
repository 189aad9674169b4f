// Reads what a process tells at /metrics.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

/** Value of each series, by its name and labels as they are written. */
export type Scrape = { text: string; values: Map<string, number> };

export async function scrape(url: string): Promise<Scrape> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) });
  expect(response.status).toBe(200);
  const text = await response.text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const values = lines.map((line) => {
    const end = line.lastIndexOf(' ');
    return [line.slice(0, end), Number(line.slice(end + 1))] as const;
  });
  return { text, values: new Map(values) };
}

/** How much each series that begins with `prefix` has grown, those that have not left out. */
export function growth(before: Scrape, after: Scrape, prefix: string): Record<string, number> {
  const grown = [...after.values]
    .filter(([series]) => series.startsWith(prefix))
    .map(
      ([series, value]) => [series.slice(prefix.length), value - (before.values.get(series) ?? 0)] as const,
    )
    .filter(([, by]) => by !== 0);
  return Object.fromEntries(grown);
}

/** Sum of a family's series. */
export function total({ values }: Scrape, family: string): number {
  const series = [...values].filter(([name]) => name === family || name.startsWith(`${family}{`));
  return series.reduce((sum, [, value]) => sum + value, 0);
}

/** Scrapes until `is` holds. */
export async function untilScrape(
  url: string,
  is: (scrape: Scrape) => boolean,
  limitMs = 15_000,
): Promise<Scrape> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const latest = await scrape(url);
    if (is(latest)) return latest;
    if (Date.now() > deadline) throw new Error(`not so in ${limitMs} ms:\n${ours(latest)}`);
    await sleep(100);
  }
}

function ours({ text }: Scrape): string {
  return text
    .split('\n')
    .filter((line) => line.startsWith('braindrill_') && !line.endsWith(' 0') && !line.includes('_bucket'))
    .join('\n');
}
