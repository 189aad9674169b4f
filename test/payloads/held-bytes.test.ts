import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createHeldBytes } from '../../src/payloads/held-bytes.js';

/** A place whose counts end when the test says so. */
function open(isSlowToCount: boolean, countedForMs = 60_000) {
  const counts: ReturnType<typeof withResolvers<number>>[] = [];
  const countBytes = () => {
    const count = withResolvers<number>();
    counts.push(count);
    return count.promise;
  };
  return { counts, held: createHeldBytes({ countBytes, countedForMs, isSlowToCount }) };
}

describe('of a place that is slow to count', () => {
  test('nobody waits: what is not known yet holds nothing up, and is known later', async () => {
    const { counts, held } = open(true);
    expect(await held.read()).toBeUndefined();
    expect(await held.add('a', 50, 10)).toBe(true);
    counts[0]?.resolve(30);
    await sleep(0);
    expect(await held.read()).toBe(80);
    expect(await held.add('b', 21, 100)).toBe(false);
    expect(await held.add('b', 20, 100)).toBe(true);
    expect(counts).toHaveLength(1);
  });

  test('the last count is in force while the next one is under way, and neither misses what is put then', async () => {
    const { counts, held } = open(true);
    await held.read();
    counts[0]?.resolve(10);
    await sleep(0);
    held.lookAgain();
    expect(await held.read()).toBe(10);
    await held.add('a', 5, 100);
    expect(await held.read()).toBe(15);
    counts[1]?.resolve(12);
    await sleep(0);
    expect(await held.read()).toBe(17);
    expect(counts).toHaveLength(2);
  });

  test('a count that fails leaves nothing known', async () => {
    const { counts, held } = open(true);
    await held.read();
    counts[0]?.resolve(10);
    await sleep(0);
    held.lookAgain();
    expect(await held.read()).toBe(10);
    counts[1]?.reject(new Error('away'));
    await sleep(0);
    expect(await held.read()).toBeUndefined();
  });
});

test('of a place that is quickly counted, the count is waited for, and its failure told', async () => {
  const { counts, held } = open(false);
  const adding = held.add('a', 50, 100);
  counts[0]?.resolve(60);
  expect(await adding).toBe(false);
  expect(await held.add('b', 40, 100)).toBe(true);
  held.lookAgain();
  const reading = held.read();
  counts[1]?.reject(new Error('gone'));
  await expect(reading).rejects.toThrow('gone');
});

test('what was not written after all takes no room', async () => {
  const { counts, held } = open(false);
  const adding = held.add('a', 50, 100);
  counts[0]?.resolve(0);
  await adding;
  held.takeBack('a');
  expect(await held.read()).toBe(0);
});

test('a place that takes long to count is counted a tenth of the time', async () => {
  const { counts, held } = open(true, 0);
  await held.read();
  await sleep(100);
  counts[0]?.resolve(1);
  await sleep(200);
  await held.read();
  expect(counts).toHaveLength(1);
});

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
