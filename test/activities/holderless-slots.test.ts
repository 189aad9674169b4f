import { expect, test } from 'vitest';
import { createHolderlessSlots } from '../../src/activities/holderless-slots.js';

test('no two leased slots have a user in common, nor one with those that have holders', async () => {
  const slots = createHolderlessSlots();
  const leased = await Promise.all([1, 2, 3].map(() => slots.lease()));
  expect(leased.map(({ uid }) => uid)).toEqual([61_000, 61_001, 61_002]);
  expect(new Set(leased.map(({ holderId }) => holderId))).toEqual(new Set(['']));
});

test('a slot is leased again once it is given back, after a failure too', async () => {
  const slots = createHolderlessSlots();
  const [first, second] = [await slots.lease(), await slots.lease()];
  slots.release(first);
  expect(await slots.lease()).toBe(first);
  await slots.discard(second);
  expect(await slots.lease()).toBe(second);
});
