// Where payloads are kept: a folder or a bucket.
import { PayloadUnreadable } from './payload-bytes.js';

/** It is asked for names that are hashes, and for no others. */
export type PayloadPlace = {
  /** As errors and logs have it. */
  name: string;
  /** Whether this payload is known to be there; then its time begins anew. */
  renew(hash: string, bytes: number): Promise<boolean>;
  /** Writes one whole or not at all; its time begins. */
  write(hash: string, bytes: Uint8Array): Promise<void>;
  /** Rejects with PayloadUnreadable when it is not there or has another size: no later try would find it. */
  read(hash: string, bytes: number): Promise<Buffer>;
  countBytes(): Promise<number>;
  /** A count is good for so long. */
  countedForMs: number;
  /** Counting takes too long for a job to wait for it. */
  isSlowToCount: boolean;
  /** Removes payloads whose time began before; answers with how many. */
  sweep(before: number): Promise<number>;
};

const HASH = /^[0-9a-f]{64}$/;

export const isPayloadName = (name: string) => HASH.test(name);

/** One that no later try would find. */
export const unreadable = (hash: string, why: string) =>
  new PayloadUnreadable(`payload ${hash} cannot be read (${why})`);
