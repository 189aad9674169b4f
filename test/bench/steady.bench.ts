// Steady load at four fifths of what the service sustains once the timers of a minute ago are due, for as long as BENCH_MINUTES says:
// how late the latest are, and whether the memory of every process stays flat.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, test } from 'vitest';
import { type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { percentiles, quantile, tell } from './measure.js';

const MINUTES = Number(process.env.BENCH_MINUTES ?? 30);
const SHARE = 0.8;
const CODE = 'print("ran")';

let service: BenchService;

beforeAll(async () => {
  service = await startBenchService('python');
});
afterAll(() => service.stop());

const run = () => service.run(CALLERS[0] as string, 'python', CODE, 'ran\n');

/** Jobs a second with 8 at once. */
async function sustained(ms: number): Promise<number> {
  const end = performance.now() + ms;
  let jobs = 0;
  const lane = async () => {
    for (; performance.now() < end; jobs++) await run();
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return (jobs / ms) * 1000;
}

/** Memory goes up and down with each garbage collection: what tells is the mean of each part of the time. */
const PARTS = 6;
const LOOK_MS = 5_000;

function meanOfPart(values: readonly number[], part: number): number {
  const own = values.slice(
    Math.floor((values.length * part) / PARTS),
    Math.floor((values.length * (part + 1)) / PARTS),
  );
  return own.reduce((sum, value) => sum + value, 0) / own.length;
}

const partName = (part: number) => `${(MINUTES / PARTS) * part}–${(MINUTES / PARTS) * (part + 1)} min`;

const mebibytes = (pid: number) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);

test(`${MINUTES} minutes of steady load`, { timeout: (MINUTES + 5) * 60_000 }, async () => {
  await sustained(75_000);
  const perSecond = (await sustained(20_000)) * SHARE;
  const taken: number[] = [];
  const open = new Set<Promise<void>>();
  const memory: Record<string, number[]> = {};
  const end = Date.now() + MINUTES * 60_000;
  let nextLook = Date.now() + LOOK_MS;
  for (let due = performance.now(); Date.now() < end; due += 1000 / perSecond) {
    await sleep(Math.max(0, due - performance.now()));
    const started = performance.now();
    const one = run().then(() => {
      open.delete(one);
      taken.push(performance.now() - started);
    });
    open.add(one);
    if (Date.now() < nextLook) continue;
    nextLook += LOOK_MS;
    for (const [name, pid] of Object.entries(service.pids))
      memory[name] = [...(memory[name] ?? []), mebibytes(pid)];
  }
  await Promise.all(open);
  const p99 = quantile(taken, 0.99) / quantile(taken, 0.5);
  tell('steady load', [
    {
      '': `${perSecond.toFixed(1)} a second`,
      jobs: `${taken.length}`,
      ...percentiles(taken),
      'p99 in p50': p99.toFixed(1),
    },
  ]);
  tell(
    'memory under steady load, MiB',
    Object.entries(memory).map(([name, values]) => ({
      '': name,
      ...Object.fromEntries(
        Array.from({ length: PARTS }, (_, part) => [partName(part), meanOfPart(values, part).toFixed(0)]),
      ),
      highest: `${Math.max(...values)}`,
    })),
  );
});
