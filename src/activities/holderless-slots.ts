// Slots for containers of another OCI runtime. It may be a sandbox or a machine of its own (gVisor, Kata), which has no use
// for a namespace that a runc container holds: a user number is all that its containers borrow.
import type { Slot } from './container-options.js';
import type { SlotPool } from './slot-pool.js';

const FIRST_UID = 60_000;

/** Apart from the slots that have holders: no two programs share a user. */
const FIRST_INDEX = 1_000;

/** A pool that needs no Docker, without a bound of its own: who leases has one of Temporal's slots. */
export function createHolderlessSlots(): SlotPool {
  const free: Slot[] = [];
  let nextIndex = FIRST_INDEX;
  const create = (): Slot => {
    const index = nextIndex++;
    return { index, uid: FIRST_UID + index, holderId: '' };
  };
  const release = (slot: Slot) => void free.push(slot);
  return {
    lease: async () => free.pop() ?? create(),
    release,
    discard: async (slot) => release(slot),
    // Its container may still be there, as this user.
    abandon: () => {},
    discardDead: async () => {},
    fill: async () => {},
    close: async () => {},
  };
}
