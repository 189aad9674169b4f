// Where payloads are kept: a folder or a bucket.
import { PayloadUnreadable } from './payload-bytes.js';

/** What leads to a payload: histories have it instead. */
export type StoredPayload = {
  /** Of its bytes, in hex. */
  sha256: string;
  /** Its length. */
  bytes: number;
  /** In a bucket: when it was put, in hours since 1970. */
  hour?: number | undefined;
};

/** It is asked for hashes that are ones, and for no others. */
export type PayloadPlace = {
  /** As errors and logs have it. */
  name: string;
  /** Whether this payload is known to be there; then its time begins anew. */
  renew(sha256: string, bytes: number): Promise<boolean>;
  /** Writes one whole or not at all; its time begins. Answers with the hour, if that is part of its name. */
  write(sha256: string, bytes: Uint8Array): Promise<number | undefined>;
  /** Rejects with PayloadUnreadable when it is not there or has another size: no later try would find it. */
  read(payload: StoredPayload): Promise<Buffer>;
  countBytes(): Promise<number>;
  /** A count is good for so long. */
  countedForMs: number;
  /** Counting takes too long for a job to wait for it. */
  isSlowToCount: boolean;
  /** Removes payloads whose time began before; answers with how many. */
  sweep(before: number): Promise<number>;
};

const HASH = /^[0-9a-f]{64}$/;

export const isHash = (text: string) => HASH.test(text);

/** One that no later try would find. */
export const unreadable = (sha256: string, why: string) =>
  new PayloadUnreadable(`payload ${sha256} cannot be read (${why})`);
