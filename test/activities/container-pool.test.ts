import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LeasedContainer } from '../../src/activities/attempt.js';
import { createContainerPool } from '../../src/activities/container-pool.js';
import type { Language } from '../../src/languages.js';
import { createLog } from '../../src/log.js';
import { createRunnerMetrics } from '../../src/metrics.js';

const MIB = 2 ** 20;

const language = (id: string, warm: number): Language =>
  ({ id, warm, limits: { memoryBytes: 10 * MIB } }) as unknown as Language;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createPool({ budget = 1000, makers = 1, makeMs = 10, failures = 0 } = {}) {
  const made: LeasedContainer[] = [];
  const removed: LeasedContainer[] = [];
  const ends = new Map<LeasedContainer, () => void>();
  let [atOnce, mostAtOnce, toFail] = [0, 0, failures];
  const pool = createContainerPool({
    async make(language) {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, makeMs));
      atOnce--;
      if (toFail-- > 0) throw new Error('no engine');
      let end = () => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const container = { id: `c${made.length}`, ended };
      const leased = { container, language, owner: null, jobs: 0, madeAt: Date.now() };
      made.push(leased as unknown as LeasedContainer);
      ends.set(leased as unknown as LeasedContainer, end);
      return leased as unknown as LeasedContainer;
    },
    async remove(leased) {
      removed.push(leased);
    },
    budgetBytes: budget * MIB,
    makers,
    log: createLog('test', 'silent'),
    metrics: createRunnerMetrics(),
  });
  /** As a program of this owner does with the container that it took. */
  function serve(leased: LeasedContainer | undefined, owner: string): LeasedContainer {
    if (!leased) throw new Error('there is no container');
    leased.owner = owner;
    leased.jobs++;
    return leased;
  }
  return {
    pool,
    made,
    removed,
    serve,
    end: (leased: LeasedContainer) => ends.get(leased)?.(),
    most: () => mostAtOnce,
  };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('keeps what a language wants ahead, one being made at a time, and makes another for each that is taken', async () => {
  const { pool, made, most } = createPool();
  const [java, perl] = [language('java', 2), language('perl', 0)];
  pool.serve(java, 4);
  pool.serve(perl, 4);
  await pass(100);
  expect(made.map(({ language }) => language.id)).toEqual(['java', 'java']);
  expect(pool.take({ language: java, owner: 'a' })).toBe(made[0]);
  await pass(100);
  expect(made).toHaveLength(3);
  expect(most()).toBe(1);
});

test('a caller gets the container that served him, nobody else does, and a job may ask for one of its own', async () => {
  const { pool, made, serve } = createPool();
  const java = language('java', 1);
  pool.serve(java, 4);
  await pass(100);
  const first = serve(pool.take({ language: java, owner: 'a' }), 'a');
  expect(pool.keep(first)).toBe(true);
  await pass(100);
  const others = serve(pool.take({ language: java, owner: 'b' }), 'b');
  expect(others).toBe(made[1]);
  await pass(100);
  expect(pool.take({ language: java, owner: 'a', isolation: 'container' })).toBe(made[2]);
  expect(pool.take({ language: java, owner: 'a' })).toBe(first);
  expect(pool.take({ language: java, owner: 'a' })).not.toBe(first);
});

test('where programs are started ahead a caller has two containers in turn, so that one has time to start the next', async () => {
  const { pool, made, serve } = createPool();
  const java = { ...language('java', 1), ready: ['java'] };
  pool.serve(java, 4);
  await pass(100);
  const next = () => serve(pool.take({ language: java, owner: 'a' }), 'a');
  const first = next();
  expect(pool.keep(first)).toBe(true);
  // The fresh one that would be there is still being made.
  expect(next()).toBe(first);
  expect(pool.keep(first)).toBe(true);
  await pass(100);
  const second = next();
  expect(second).not.toBe(first);
  expect(pool.keep(second)).toBe(true);
  await pass(100);
  const served: LeasedContainer[] = [];
  for (let n = 0; n < 6; n++) {
    const leased = next();
    served.push(leased);
    expect(pool.keep(leased)).toBe(true);
  }
  expect(served).toEqual([first, second, first, second, first, second]);
  expect(made.filter(({ owner }) => owner === 'a')).toHaveLength(2);
});

test('where programs are forked one container is enough for a caller', async () => {
  const { pool, serve } = createPool();
  const python = { ...language('python', 1), ready: ['python3'], 'fork-server': true as const };
  pool.serve(python, 4);
  await pass(100);
  const next = () => serve(pool.take({ language: python, owner: 'a' }), 'a');
  const first = next();
  for (let n = 0; n < 4; n++) {
    expect(pool.keep(first)).toBe(true);
    await pass(100);
    expect(next()).toBe(first);
  }
});

test('nobody’s container is not kept, nor a worn one, nor one of a language that is not served', async () => {
  const { pool, serve } = createPool();
  const java = language('java', 3);
  pool.serve(java, 3);
  await pass(100);
  const nobodys = pool.take({ language: java, owner: null }) as LeasedContainer;
  expect(pool.keep(nobodys)).toBe(false);
  const busy = serve(pool.take({ language: java, owner: 'a' }), 'a');
  busy.jobs = 500;
  expect(pool.keep(busy)).toBe(false);
  const old = serve(pool.take({ language: java, owner: 'a' }), 'a');
  await pass(10 * 60_000);
  expect(pool.keep(old)).toBe(false);
  const young = serve(pool.take({ language: java, owner: 'a' }), 'a');
  pool.unserve(java);
  expect(pool.keep(young)).toBe(false);
  expect(pool.take({ language: java, owner: 'a' })).toBeUndefined();
});

test('what is not used for half a minute is given back, down to what the language wants', async () => {
  const { pool, made, removed, serve } = createPool();
  const java = language('java', 1);
  pool.serve(java, 4);
  await pass(100);
  const first = serve(pool.take({ language: java, owner: 'a' }), 'a');
  pool.take({ language: java, owner: 'b' });
  pool.take({ language: java, owner: 'c' });
  pool.keep(first);
  await pass(1_000);
  // Three were asked for.
  expect(made).toHaveLength(4);
  expect(removed).toEqual([]);
  await pass(40_000);
  expect(removed).toHaveLength(3);
  expect(removed).toContain(first);
});

test('waiting containers stay within the budget: callers’ own make room, those used longest ago first', async () => {
  const { pool, made, removed, serve } = createPool({ budget: 30 });
  const java = language('java', 2);
  pool.serve(java, 2);
  await pass(100);
  const first = serve(pool.take({ language: java, owner: 'a' }), 'a');
  const second = serve(pool.take({ language: java, owner: 'b' }), 'b');
  await pass(200);
  expect(made).toHaveLength(4);
  expect(pool.keep(first)).toBe(true);
  expect(pool.keep(second)).toBe(true);
  expect(removed).toEqual([first]);
  const { pool: none } = createPool({ budget: 5 });
  none.serve(java, 2);
  await pass(100);
  expect(none.take({ language: java, owner: 'a' })).toBeUndefined();
});

test('at most 64 callers’ containers wait', async () => {
  const { pool, made, removed, serve } = createPool({ makers: 10 });
  const java = language('java', 10);
  pool.serve(java, 10);
  for (let caller = 0; caller < 70; caller++) {
    await pass(100);
    expect(pool.keep(serve(pool.take({ language: java, owner: `${caller}` }), `${caller}`))).toBe(true);
  }
  expect(removed).toEqual(made.slice(0, 6));
});

test('one that ends while it waits is forgotten and removed; one that ends under a program is not its business', async () => {
  const { pool, made, removed, serve, end } = createPool();
  const java = language('java', 2);
  pool.serve(java, 4);
  await pass(100);
  const [first, second] = made as [LeasedContainer, LeasedContainer];
  end(first);
  await pass(1);
  expect(removed).toEqual([first]);
  const taken = serve(pool.take({ language: java, owner: 'a' }), 'a');
  expect(taken).toBe(second);
  end(second);
  await pass(1);
  expect(removed).toEqual([first]);
});

test('an engine that is away is asked again after a while, not at once', async () => {
  const { pool, made } = createPool({ failures: 2 });
  pool.serve(language('java', 1), 4);
  await pass(4_000);
  expect(made).toHaveLength(0);
  await pass(20_000);
  expect(made).toHaveLength(1);
});

test('closing removes all that wait, and what is still being made', async () => {
  const { pool, made, removed } = createPool({ makeMs: 50 });
  pool.serve(language('java', 2), 4);
  await pass(60);
  const closing = pool.close();
  await pass(100);
  await closing;
  expect(made).toHaveLength(2);
  expect(removed).toEqual(made);
});
