// One plug is pulled under a steady load of jobs: what was accepted ends as it must, no program runs again whose result was known, no
// container stays, and the service is well again.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { settleAccount } from './account.js';
import type { Fault } from './fault.js';
import { type FaultRow, toTable } from './fault-table.js';
import { startLoad } from './steady-load.js';
import type { TestedService } from './tested-service.js';

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
const FAULT_LIMIT_MS = 300_000;
const HEALTHY_LIMIT_MS = 90_000;

/** The reaper looks each 30 s. */
const LEFTOVERS_LIMIT_MS = 40_000;

/** A test of each fault and round, against a service that is there by then. All together end with a table. */
export function testFaults(faults: readonly Fault[], service: () => TestedService): void {
  const rows: FaultRow[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    test.for(faults)(`$name, round ${round}`, { timeout: FAULT_LIMIT_MS }, async (fault) => {
      await pullPlug(service(), fault, rows);
    });
  }
  afterAll(() => {
    const { FAULT_TABLES } = process.env;
    if (FAULT_TABLES) appendFileSync(FAULT_TABLES, `\n${toTable(rows)}`);
    else console.log(toTable(rows));
  });
}

async function pullPlug(service: TestedService, fault: Fault, rows: FaultRow[]): Promise<void> {
  const since = new Date();
  const load = startLoad(service);
  try {
    await expect.poll(() => load.accepted.length, { timeout: 30_000 }).toBeGreaterThan(3);
    const check = await fault.inflict(service);
    const healthyMs = await untilHealthy(service);
    await sleep(2_000);
    await load.stop();
    const account = await settleAccount(service, load.accepted, since);
    rows.push({ name: fault.name, healthyMs, ...account });
    expect(account.lost).toEqual([]);
    expect(account.ranTwice).toEqual([]);
    await check?.(account);
    await expect.poll(() => service.busyContainers(), { timeout: LEFTOVERS_LIMIT_MS }).toEqual([]);
  } finally {
    await load.stop();
  }
}

/** Milliseconds until the service is ready and runs a program, so that all its processes have answered. */
async function untilHealthy(service: TestedService): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const ready = await service.call('/ready', {}, 5_000).catch(() => undefined);
    const hello = { method: 'POST', body: 'print("well again")' };
    const answer = ready?.ok && (await service.call('/lang/python', hello, 60_000).catch(() => undefined));
    const ms = performance.now() - startedAt;
    if (answer && answer.status === 200 && (await answer.text()) === 'well again\n') return Math.round(ms);
    if (ms > HEALTHY_LIMIT_MS) throw new Error(`not healthy again after ${HEALTHY_LIMIT_MS} ms`);
    await sleep(100);
  }
}
