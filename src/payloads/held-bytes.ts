// How much a place of payloads has in it: by the last count of it, and by what this process has put there since. Others write
// into it too, so it is counted again and again, when somebody asks.
import type { PayloadPlace } from './payload-place.js';

export type HeldBytes = {
  /** Adds a payload, unless all together would then have more than `most`; one that was added since the count takes no room. */
  add(hash: string, bytes: number, most: number): Promise<boolean>;
  /** It has not been written after all. */
  takeBack(hash: string): void;
  /** Undefined as long as nothing is known of a place that is slow to count. */
  read(): Promise<number | undefined>;
  /** Something was removed: the last count is not good any more. */
  lookAgain(): void;
};

type Count = {
  bytes: Promise<number>;
  /** Since it began, by hash. */
  added: Map<string, number>;
  goodUntil: number;
};

/** Counting takes a tenth of the time at most, however much there is. */
const PAUSE_TO_COUNT = 9;

export function createHeldBytes({
  countBytes,
  countedForMs,
  isSlowToCount,
}: Pick<PayloadPlace, 'countBytes' | 'countedForMs' | 'isSlowToCount'>): HeldBytes {
  let last: Count | undefined;
  let underWay: Count | undefined;

  function begin(): void {
    const begunAt = performance.now();
    const count: Count = { bytes: countBytes(), added: new Map(), goodUntil: Number.POSITIVE_INFINITY };
    underWay = count;
    count.bytes.then(
      () => {
        const now = performance.now();
        count.goodUntil = Math.max(begunAt + countedForMs, now + PAUSE_TO_COUNT * (now - begunAt));
        last = count;
        underWay = undefined;
      },
      () => {
        last = undefined;
        underWay = undefined;
      },
    );
  }

  function current(): Count | undefined {
    if (underWay === undefined && (last === undefined || last.goodUntil < performance.now())) begin();
    return (isSlowToCount ? undefined : underWay) ?? last;
  }

  return {
    async add(hash, bytes, most) {
      const count = current();
      const counted = await count?.bytes;
      if (count !== undefined && counted !== undefined && !count.added.has(hash)) {
        if (counted + sum(count.added) + bytes > most) return false;
      }
      for (const one of [count, last, underWay]) one?.added.set(hash, bytes);
      return true;
    },
    takeBack(hash) {
      for (const one of [last, underWay]) one?.added.delete(hash);
    },
    async read() {
      const count = current();
      return count && (await count.bytes) + sum(count.added);
    },
    lookAgain() {
      if (last) last.goodUntil = Number.NEGATIVE_INFINITY;
    },
  };
}

function sum(added: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const bytes of added.values()) total += bytes;
  return total;
}
