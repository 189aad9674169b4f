import { expect, test } from 'vitest';
import { createSlotPool } from '../../src/activities/slot-pool.js';

function createDouble({ removes = true } = {}) {
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
      async removeHolder({ holderId }: { holderId: string }) {
        if (removes) holders.delete(holderId);
        return removes;
      },
      abandonHolder() {},
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

test('the number of a holder that could not be removed, or was abandoned, is never used again', async () => {
  const pool = createSlotPool(createDouble({ removes: false }).docker);
  const discarded = await pool.lease();
  await pool.discard(discarded);
  const abandoned = await pool.lease();
  pool.abandon(abandoned);
  const next = await pool.lease();
  expect(new Set([discarded.uid, abandoned.uid, next.uid]).size).toBe(3);
});

test('free slots whose holders have ended are not leased again, and those that run are', async () => {
  const { docker, holders } = createDouble();
  const pool = createSlotPool(docker);
  await pool.fill(3);
  const [survivor, ...dead] = [...holders];
  await pool.discardDead((holderId) => holderId === survivor);
  expect([...holders]).toEqual([survivor]);
  const leased = await Promise.all([pool.lease(), pool.lease(), pool.lease()]);
  const ids = leased.map(({ holderId }) => holderId);
  expect(ids).toContain(survivor);
  expect(ids.filter((id) => dead.includes(id))).toEqual([]);
});

test('a number whose holder could not be made is not used again: the engine may make it later', async () => {
  const { docker } = createDouble();
  let fails = true;
  const pool = createSlotPool({
    ...docker,
    async createHolder(index) {
      if (fails) throw new Error('no answer');
      return docker.createHolder(index);
    },
  });
  await expect(pool.lease()).rejects.toThrow('no answer');
  fails = false;
  expect((await pool.lease()).index).toBe(1);
});
