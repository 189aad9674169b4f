// What every attack on the API leaves behind: nothing that was started, a service that answers, memory as before.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type Scrape, scrape, total, untilScrape } from './scrape.js';
import { request, runCode, service } from './service.js';

const MB = 2 ** 20;

/** How much the API process may grow while it is attacked: answers that nobody reads take 120 of it, the collector its time. */
const GROWTH_BYTES = 200 * MB;

/** How much more than before an attack the API may hold once it is over. */
const BACK_BYTES = 100 * MB;

/** What the API's objects and buffers take. Of its process's memory the allocator keeps some for the next time. */
const heldBytes = ({ values }: Scrape) =>
  (values.get('nodejs_heap_size_used_bytes') ?? 0) + (values.get('nodejs_external_memory_bytes') ?? 0);

/** Memory that the API process has at this moment. */
export function apiMemory(): number {
  const status = readFileSync(`/proc/${service.apiPid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** How many jobs the API has ever started. */
export const countJobs = async () => total(await scrape(service.apiUrl), 'braindrill_jobs_submitted_total');

/** Runs an attack that must start nothing, and holds the API to it: it lives, grows no more than it may, and gives back. */
export async function expectUnharmed(attack: () => Promise<void>): Promise<void> {
  const jobs = await countJobs();
  const held = heldBytes(await scrape(service.apiUrl));
  await withinMemory(attack);
  // The collector takes its time, and needs something to do.
  await untilScrape(service.apiUrl, (now) => heldBytes(now) - held < BACK_BYTES, 60_000);
  expect(await (await request('/health', { key: null })).text()).toBe('healthy');
  expect(await countJobs()).toBe(jobs);
}

/** Runs something while the memory of the API process is watched, which may grow only so much. */
export async function withinMemory(attack: () => Promise<void>): Promise<void> {
  const before = apiMemory();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, apiMemory());
  }, 50);
  try {
    await attack();
  } finally {
    clearInterval(timer);
  }
  most = Math.max(most, apiMemory());
  expect(most - before, 'the API process grew too much').toBeLessThan(GROWTH_BYTES);
}

export async function expectHelloWorld(): Promise<void> {
  expect((await runCode('python', 'print("Hello World")')).output).toBe('Hello World\n');
}
