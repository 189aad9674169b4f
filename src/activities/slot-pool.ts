// What a container borrows for its life: a user number and an empty network namespace, kept by an idle holder container.
import type { Slot } from './container-options.js';

const FIRST_UID = 60_000;

export type SlotPool = {
  lease(): Promise<Slot>;
  /** The container has ended: the next one may have its slot. */
  release(slot: Slot): void;
  /** The slot's holder does not work any more: it is removed, and never leased again. */
  discard(slot: Slot): Promise<void>;
  /** Its container may still be there: neither the holder nor the number is used again. The reaper takes the holder. */
  abandon(slot: Slot): void;
  /** Discards the free slots whose holders do not run any more. */
  discardDead(runs: (holderId: string) => boolean): Promise<void>;
  /** Makes holders until `count` are free. */
  fill(count: number): Promise<void>;
  /** Removes the holders that are free; those still leased go when released. */
  close(): Promise<void>;
};

/** What the pool needs of Docker. */
export type HolderDocker = {
  createHolder(index: number): Promise<string>;
  /** False when it may still be there: it is left to the reaper then. */
  removeHolder(slot: Slot): Promise<boolean>;
  /** Leaves it to the reaper. */
  abandonHolder(slot: Slot): void;
};

/** A pool without a bound of its own: who leases has one of Temporal's slots, and those are counted. */
export function createSlotPool({ createHolder, removeHolder, abandonHolder }: HolderDocker): SlotPool {
  const free: Slot[] = [];
  const unusedIndexes: number[] = [];
  let nextIndex = 0;
  let closed = false;

  async function create(): Promise<Slot> {
    // When this fails the holder may be there all the same, so the number is not used again.
    const index = unusedIndexes.pop() ?? nextIndex++;
    return { index, uid: FIRST_UID + index, holderId: await createHolder(index) };
  }

  async function discard(slot: Slot): Promise<void> {
    if (await removeHolder(slot)) unusedIndexes.push(slot.index);
  }

  return {
    lease: async () => free.pop() ?? create(),
    release(slot) {
      if (closed) void discard(slot);
      else free.push(slot);
    },
    discard,
    abandon: abandonHolder,
    async discardDead(runs) {
      const dead = free.filter(({ holderId }) => !runs(holderId));
      for (const slot of dead) free.splice(free.indexOf(slot), 1);
      await Promise.all(dead.map(discard));
    },
    async fill(count) {
      const missing = Math.max(0, count - free.length);
      free.push(...(await Promise.all(Array.from({ length: missing }, create))));
    },
    async close() {
      closed = true;
      await Promise.all(free.splice(0).map(discard));
    },
  };
}
