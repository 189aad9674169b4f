// The store of large payloads, called by their hash. A fleet's APIs and runners share it. What is in it is told from names and
// sizes alone, so that no process has to know of the others.
import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { PAYLOAD_STORE_FAILS } from '../temporal-names.js';
import { createHeldBytes } from './held-bytes.js';
import { PayloadUnreadable } from './payload-bytes.js';
import { isHash, type PayloadPlace, type StoredPayload } from './payload-place.js';

export type PayloadStore = {
  /** Writes a payload; answers with what leads to it. It rejects with StoreFull, or when the place fails. */
  put(bytes: Uint8Array): Promise<StoredPayload>;
  /** Reads one back. It rejects with PayloadUnreadable when that is not there, or not what was written. */
  get(payload: StoredPayload): Promise<Buffer>;
  /** What all payloads together have, as of some seconds ago; undefined as long as that is not known. */
  countBytes(): Promise<number | undefined>;
  /** Removes payloads that nobody has put for so long; answers with how many. */
  sweep(ageMs: number): Promise<number>;
};

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

  async function write(sha256: string, bytes: Uint8Array): Promise<number | undefined> {
    if (await place.renew(sha256, bytes.length)) return undefined;
    if (!(await held.add(sha256, bytes.length, mostBytes))) throw new StoreFull(place.name, bytes.length);
    try {
      return await place.write(sha256, bytes);
    } catch (error) {
      held.takeBack(sha256);
      throw error;
    }
  }

  return {
    async put(bytes) {
      const sha256 = digest(bytes);
      const hour = await write(sha256, bytes).catch((error: unknown) => {
        throw error instanceof StoreFull
          ? error
          : placeFails(`payloads cannot be put into ${place.name}`, error);
      });
      return { sha256, bytes: bytes.length, hour };
    },

    async get(payload) {
      const { sha256 } = payload;
      // A reference may come from anybody who can start a workflow.
      if (!isHash(sha256)) throw new PayloadUnreadable('a reference to a payload is malformed');
      const found = await place.read(payload).catch((error: unknown) => {
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
    type: PAYLOAD_STORE_FAILS,
    message: `${what} (${why})`,
    nextRetryDelay: NEXT_ATTEMPT_MS,
    ...(error instanceof Error ? { cause: error } : {}),
  });
}
