import { open } from 'node:fs/promises';

const TAIL_BYTES = 16 * 1024;
const TAIL_LINES = 10;

/** The cause, which a Go program prints before a page of where it was. */
const PANIC = /^(panic|fatal error): .*$/m;

/** The last lines of what was written to a log file after its first `start` bytes, and a panic before them. */
export async function readLogTail(path: string, start: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(start, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = buffer.subarray(0, bytesRead).toString('utf8').trim();
    const tail = text.split('\n').slice(-TAIL_LINES).join('\n');
    const [panic] = PANIC.exec(text) ?? [];
    return panic === undefined || tail.includes(panic) ? tail : `${panic}\n${tail}`;
  } finally {
    await file.close();
  }
}
