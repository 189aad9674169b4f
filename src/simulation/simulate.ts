import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulationOptions } from './options.js';
import { PROGRAMS } from './programs.js';
import { type Summary, summarize, toLine } from './summary.js';

const MINUTE_MS = 60_000;

/** Longer than any program may run and wait. */
const REQUEST_TIMEOUT_MS = 60_000;

/** Different ways to fail that are told one by one. */
const MAX_TOLD = 5;

/**
 * Sends programs at a steady pace, whether earlier ones were answered or not, and checks each answer.
 * Tells the summary each minute and at the end.
 */
export async function simulate(
  { url, rate, count, seconds }: SimulationOptions,
  key: string,
  report: (line: string) => void,
): Promise<Summary> {
  const timesMs: number[] = [];
  const told = new Set<string>();
  let errors = 0;

  async function send(index: number): Promise<void> {
    const { name, code, output } = PROGRAMS[index % PROGRAMS.length] as (typeof PROGRAMS)[number];
    const started = performance.now();
    const problem = await post(url, key, code, output).catch((error: Error) => error.message);
    if (problem === undefined) {
      timesMs.push(performance.now() - started);
      return;
    }
    errors += 1;
    const line = `${name}: ${problem}`;
    if (told.size >= MAX_TOLD || told.has(line)) return;
    told.add(line);
    report(line);
  }

  const started = performance.now();
  const everyMinute = setInterval(() => report(toLine(summarize(timesMs, errors))), MINUTE_MS);
  const sent: Promise<void>[] = [];
  while (sent.length < count) {
    // Times are counted from the start, so that lateness does not add up.
    const dueMs = (sent.length * 1_000) / rate;
    if (dueMs >= seconds * 1_000) break;
    await sleep(Math.max(0, dueMs - (performance.now() - started)));
    sent.push(send(sent.length));
  }
  await Promise.all(sent);
  clearInterval(everyMinute);
  const summary = summarize(timesMs, errors);
  report(toLine(summary));
  return summary;
}

/** Runs a program; answers with what was wrong, if anything was. */
async function post(url: string, key: string, code: string, output: string): Promise<string | undefined> {
  const response = await fetch(new URL('/lang/python', url), {
    method: 'POST',
    headers: { 'X-API-Key': key, 'Content-Type': 'text/plain' },
    body: code,
    redirect: 'error',
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const answer = await response.text();
  if (response.status === 200 && answer === output) return undefined;
  return `status ${response.status}, ${JSON.stringify(answer.slice(0, 200))}`;
}
