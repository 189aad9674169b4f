import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload: Message } = proto.temporal.api.common.v1;

/** A payload that cannot be got back: its file, its key or its bytes are not there. */
export class PayloadUnreadable extends Error {
  override name = 'PayloadUnreadable';
}

/** A whole payload, metadata and data, as bytes. */
export const toBytes = (payload: Payload): Uint8Array => Message.encode(payload).finish();

/** @throws PayloadUnreadable when the bytes are no payload. */
export function fromBytes(bytes: Uint8Array): Payload {
  try {
    const { metadata, data } = Message.decode(bytes);
    return { metadata, data };
  } catch {
    throw new PayloadUnreadable('what was stored or encrypted is no payload');
  }
}

/** Looked at for every payload there is: lengths first. */
export function hasEncoding({ metadata }: Payload, encoding: string): boolean {
  const found = metadata?.encoding;
  return found?.length === encoding.length && Buffer.from(found).toString('latin1') === encoding;
}
