import { onTestFinished, vi } from 'vitest';

/** Counts the bytes that buffers copy, until the test is over. */
export function countCopies(): { bytes: number } {
  const count = { bytes: 0 };
  const { copy } = Buffer.prototype;
  vi.spyOn(Buffer.prototype, 'copy').mockImplementation(function (this: Buffer, ...args) {
    const copied = copy.apply(this, args);
    count.bytes += copied;
    return copied;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  return count;
}
