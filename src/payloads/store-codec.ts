// Payloads that are too large for a history go to the store, and a reference to them into the history.
import type { Payload, PayloadCodec } from '@temporalio/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { fromBytes, hasEncoding, PayloadUnreadable, toBytes } from './payload-bytes.js';
import { STORED_ENCODING } from './payload-converter.js';
import type { StoredPayload } from './payload-place.js';
import { type PayloadStore, StoreFull } from './payload-store.js';

export type StoreCodecOptions = {
  store: PayloadStore;
  /** Leaves references to workflows as they are: their payload converter knows them. */
  ofWorkflows?: boolean;
  log: Logger;
};

/** So that histories stay small. */
export const STORED_FROM_BYTES = 256 * 1024;

/** While the place fails, each try may take seconds: what can do without it does so for this long after one. */
const WITHOUT_MS = 5_000;

/** The server takes payloads of 2 MiB: what the store cannot take goes there, as long as it may. */
const INLINE_BYTES = 1_900_000;

const METADATA = { encoding: Buffer.from(STORED_ENCODING) };

const referenceSchema = z.strictObject({
  sha256: z.string(),
  bytes: z
    .int()
    .min(0)
    .max(64 * 1024 * 1024),
  hour: z.int().min(0).max(9_999_999).optional(),
}) satisfies z.ZodType<StoredPayload>;

export function createStoreCodec({ store, ofWorkflows = false, log }: StoreCodecOptions): PayloadCodec {
  let toldAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;

  return {
    async encode(payloads, context) {
      // The arguments of local activities stay in this process.
      if (context?.type === 'activity' && context.isLocal) return payloads;
      return payloads.some(isLarge) ? Promise.all(payloads.map(storeLarge)) : payloads;
    },
    async decode(payloads, context) {
      if (ofWorkflows && context?.type === 'workflow') return payloads;
      return payloads.some(isReference) ? Promise.all(payloads.map(fetchReferred)) : payloads;
    },
  };

  async function storeLarge(payload: Payload): Promise<Payload> {
    if (!isLarge(payload)) return payload;
    const bytes = toBytes(payload);
    const isNeeded = bytes.length > INLINE_BYTES;
    if (!isNeeded && Date.now() - failedAt < WITHOUT_MS) return payload;
    try {
      return toReference(await store.put(bytes));
    } catch (error) {
      if (!(error instanceof StoreFull)) failedAt = Date.now();
      if (isNeeded) throw error;
      tellInline(error);
      return payload;
    }
  }

  async function fetchReferred(payload: Payload): Promise<Payload> {
    return isReference(payload) ? fromBytes(await store.get(parseReference(payload))) : payload;
  }

  /** Once a minute at most. */
  function tellInline(error: unknown): void {
    if (Date.now() - toldAt < 60_000) return;
    toldAt = Date.now();
    const why = error instanceof StoreFull ? 'is full' : 'failed';
    log.warn({ err: error }, `the store of payloads ${why}: they go into histories as long as they fit`);
  }
}

const isLarge = ({ data }: Payload) => (data?.length ?? 0) > STORED_FROM_BYTES;

const isReference = (payload: Payload) => hasEncoding(payload, STORED_ENCODING);

const toReference = (stored: StoredPayload): Payload => ({
  metadata: METADATA,
  data: Buffer.from(JSON.stringify(stored)),
});

function parseReference({ data }: Payload): StoredPayload {
  try {
    return referenceSchema.parse(JSON.parse(Buffer.from(data ?? []).toString()));
  } catch {
    throw new PayloadUnreadable('a reference to a payload is malformed');
  }
}
