import { expect, test } from 'vitest';
import { createSlotPool } from '../../src/activities/slot-pool.js';

function createDouble() {
  const holders = new Set<string>();
  let made = 0;
  return {
    holders,
    docker: {
      async createHolder(index: number) {
        const id = `holder ${index} #${made++}`;
        holders.add(id);
        return id;
      },
      async removeHolder(id: string) {
        holders.delete(id);
      },
    },
  };
}

test('two leased slots never share a user or a holder', async () => {
  const pool = createSlotPool(createDouble().docker);
  await pool.fill(1);
  const slots = await Promise.all([pool.lease(), pool.lease(), pool.lease()]);
  expect(new Set(slots.map(({ uid }) => uid)).size).toBe(3);
  expect(new Set(slots.map(({ holderId }) => holderId)).size).toBe(3);
});

test('a released slot is leased again', async () => {
  const { docker, holders } = createDouble();
  const pool = createSlotPool(docker);
  const slot = await pool.lease();
  pool.release(slot);
  expect(await pool.lease()).toBe(slot);
  expect(holders.size).toBe(1);
});

test('a discarded slot loses its holder and its number is used again with a new one', async () => {
  const { docker, holders } = createDouble();
  const pool = createSlotPool(docker);
  const broken = await pool.lease();
  await pool.discard(broken);
  expect(holders.size).toBe(0);
  const next = await pool.lease();
  expect(next.uid).toBe(broken.uid);
  expect(next.holderId).not.toBe(broken.holderId);
});

test('a closed pool leaves no holder, also of slots that come back late', async () => {
  const { docker, holders } = createDouble();
  const pool = createSlotPool(docker);
  await pool.fill(3);
  const late = await pool.lease();
  await pool.close();
  expect(holders.size).toBe(1);
  pool.release(late);
  await new Promise((resolve) => setImmediate(resolve));
  expect(holders.size).toBe(0);
});
