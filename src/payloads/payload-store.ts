// The store of large payloads, called by their hash. A fleet's APIs and runners share it. What is in it is told from names and
// sizes alone, so that no process has to know of the others.
import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { createHeldBytes } from './held-bytes.js';
import { PayloadUnreadable } from './payload-bytes.js';
import { isPayloadName, type PayloadPlace } from './payload-place.js';

export type PayloadStore = {
  /** Writes a payload; answers with its hash. It rejects with StoreFull, or when the place fails. */
  put(bytes: Uint8Array): Promise<string>;
  /** Reads one back. It rejects with PayloadUnreadable when that is not there, or not what was written. */
  get(reference: StoredPayload): Promise<Buffer>;
  /** What all payloads together have, as of some seconds ago; undefined as long as that is not known. */
  countBytes(): Promise<number | undefined>;
  /** Removes payloads that nobody has put for so long; answers with how many. */
  sweep(ageMs: number): Promise<number>;
};

export type StoredPayload = { sha256: string; bytes: number };

export class StoreFull extends Error {
  override name = 'StoreFull';
  constructor(place: string, bytes: number) {
    super(`no room for ${bytes} bytes in ${place}: payloads.max-mb`);
  }
}

/** A job has three attempts, which would be burnt in a moment: they come this much later while the place fails. */
const NEXT_ATTEMPT_MS = 15_000;

/** A store in this place, of `mostBytes`. */
export function createPayloadStore(place: PayloadPlace, mostBytes: number): PayloadStore {
  const held = createHeldBytes(place);

  async function write(hash: string, bytes: Uint8Array): Promise<void> {
    if (await place.renew(hash, bytes.length)) return;
    if (!(await held.add(hash, bytes.length, mostBytes))) throw new StoreFull(place.name, bytes.length);
    try {
      await place.write(hash, bytes);
    } catch (error) {
      held.takeBack(hash);
      throw error;
    }
  }

  return {
    async put(bytes) {
      const hash = digest(bytes);
      await write(hash, bytes).catch((error: unknown) => {
        throw error instanceof StoreFull
          ? error
          : placeFails(`payloads cannot be put into ${place.name}`, error);
      });
      return hash;
    },

    async get({ sha256, bytes }) {
      // A reference may come from anybody who can start a workflow.
      if (!isPayloadName(sha256)) throw new PayloadUnreadable('a reference to a payload is malformed');
      const found = await place.read(sha256, bytes).catch((error: unknown) => {
        const what = `payload ${sha256} cannot be read from ${place.name}`;
        throw error instanceof PayloadUnreadable ? error : placeFails(what, error);
      });
      if (digest(found) === sha256) return found;
      throw new PayloadUnreadable(`payload ${sha256} is not what was written`);
    },

    countBytes: held.read,

    async sweep(ageMs) {
      const removed = await place.sweep(Date.now() - ageMs);
      held.lookAgain();
      return removed;
    },
  };
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Known to Temporal, which tries again by it. */
function placeFails(what: string, error: unknown): ApplicationFailure {
  const { name, message, code } = error as NodeJS.ErrnoException;
  const why = code ?? (name === 'Error' ? message : `${name}: ${message}`);
  return ApplicationFailure.create({
    type: 'PayloadStoreFails',
    message: `${what} (${why})`,
    nextRetryDelay: NEXT_ATTEMPT_MS,
    ...(error instanceof Error ? { cause: error } : {}),
  });
}
