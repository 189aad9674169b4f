import { expect, test } from 'vitest';
import { createCpuBudget } from '../../src/activities/cpu-budget.js';

const never = () => new AbortController().signal;

/** Whether a promise has settled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  const first = await Promise.race([
    promise.catch(() => {}),
    new Promise((resolve) => setImmediate(resolve, pending)),
  ]);
  return first !== pending;
}

test('programs that fit together do not wait', async () => {
  const budget = createCpuBudget(2);
  await budget.acquire(1, never());
  await budget.acquire(1, never());
});

test('one too many waits until cores are given back', async () => {
  const budget = createCpuBudget(2);
  const giveBack = await budget.acquire(2, never());
  const next = budget.acquire(1, never());
  expect(await settled(next)).toBe(false);
  giveBack();
  expect(await settled(next)).toBe(true);
});

test('a wide program is not overtaken for ever by narrow ones', async () => {
  const budget = createCpuBudget(2);
  const first = await budget.acquire(1, never());
  const wide = budget.acquire(2, never());
  const narrow = budget.acquire(1, never());
  expect(await settled(narrow)).toBe(false);
  first();
  expect(await settled(wide)).toBe(true);
  expect(await settled(narrow)).toBe(false);
});

test('giving back twice counts once', async () => {
  const budget = createCpuBudget(1);
  const giveBack = await budget.acquire(1, never());
  giveBack();
  giveBack();
  await budget.acquire(1, never());
  expect(await settled(budget.acquire(1, never()))).toBe(false);
});

test('who wants more cores than there are gets all of them', async () => {
  const budget = createCpuBudget(1);
  expect(await settled(budget.acquire(4, never()))).toBe(true);
});

test('a job that is cancelled while it waits leaves its place to the next', async () => {
  const budget = createCpuBudget(2);
  await budget.acquire(1, never());
  const cancelled = new AbortController();
  const wide = budget.acquire(2, cancelled.signal);
  const narrow = budget.acquire(1, never());
  cancelled.abort(new Error('caller gone'));
  await expect(wide).rejects.toThrow('caller gone');
  expect(await settled(narrow)).toBe(true);
});

test('whether somebody waits can be seen', async () => {
  const budget = createCpuBudget(1);
  const giveBack = await budget.acquire(1, never());
  expect(budget.isAwaited()).toBe(false);
  const next = budget.acquire(1, never());
  expect(budget.isAwaited()).toBe(true);
  giveBack();
  await next;
  expect(budget.isAwaited()).toBe(false);
});
