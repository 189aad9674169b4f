// Streams as a supervisor and Docker's engine send them, for the tests of those who read them.

export const RESULT = {
  phase: 'run' as const,
  exit_code: 0,
  signal: null,
  wall_us: 10,
  cpu_us: 5,
  memory_bytes: 4096,
  timed_out: false,
  output_limit: false,
  killed: false,
  oom_kills: 0,
  stdout_bytes: 3,
  stderr_bytes: 0,
  compile_wall_us: null,
};

/** A supervisor's frame; its length is true unless another is given. */
export function frame(kind: string, payload: Uint8Array | string, length?: number): Buffer {
  const data = Buffer.from(payload as string);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(length ?? data.length);
  header.write(kind, 4, 'latin1');
  return Buffer.concat([header, data]);
}

/** A message of Docker's attach stream. */
export function dockerMessage(stream: number, data: Uint8Array, length = data.length): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream);
  header.writeUInt32BE(length, 4);
  return Buffer.concat([header, data]);
}

/** Cuts bytes into pieces at arbitrary places, as a socket does. */
export function cut(bytes: Buffer, lengths: number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let offset = 0;
  for (let i = 0; offset < bytes.length; i++) {
    const length = lengths.length > 0 ? (lengths[i % lengths.length] as number) : bytes.length;
    pieces.push(bytes.subarray(offset, offset + length));
    offset += length;
  }
  return pieces;
}
