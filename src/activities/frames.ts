// The supervisor's protocol, runner's side: what it sends; encode-frames.ts is the other way. Both ways a frame is: payload length (u32 big-endian), kind (one byte), payload.
// This parser is the piece of host code that a hostile program gets nearest to: it holds one frame and no more, copies each
// byte once however the stream is cut, and refuses what it does not know.
import { z } from 'zod';
import type { Artifact } from '../artifact.js';

export const HEADER_BYTES = 5;

/** The smallest and the largest payload of each kind that a supervisor sends. */
const PAYLOAD_BYTES: Record<string, [least: number, most: number]> = {
  P: [1, 1],
  O: [1, 32_768],
  E: [1, 32_768],
  R: [2, 1024],
  N: [0, 0],
  W: [5, 5],
  D: [1, 32_768],
  T: [16, 15 + 255],
  C: [1, 32_768],
  Z: [1, 1],
  '!': [0, 512],
};

/** All that a parser holds of a stream. */
export const PARSER_BYTES = HEADER_BYTES + Math.max(...Object.values(PAYLOAD_BYTES).map(([, most]) => most));

const count = z.number().int().nonnegative().safe();

/** What the supervisor measured; its last word on a job. */
export const supervisorResultSchema = z.strictObject({
  phase: z.enum(['compile', 'run']),
  exit_code: z.number().int().min(0).max(255).nullable(),
  signal: z.number().int().min(1).max(64).nullable(),
  wall_us: count,
  cpu_us: count,
  memory_bytes: count,
  timed_out: z.boolean(),
  output_limit: z.boolean(),
  killed: z.boolean(),
  oom_kills: count,
  stdout_bytes: count,
  stderr_bytes: count,
  compile_wall_us: count.nullable(),
});

export type SupervisorResult = z.infer<typeof supervisorResultSchema>;

/** The head of something in the folder that a compile step left; what the runner need not know of it is kept as it came. */
export type MadeEntry = {
  /** What it is, its mode, and when it was changed. */
  looks: Buffer;
  path: Buffer;
  /** Of a file. */
  bytes: number;
};

type ArtifactError = NonNullable<Artifact['error']>;

export type SupervisorFrame =
  | { kind: 'phase'; phase: 'compile' | 'run' }
  | { kind: 'stdout' | 'stderr'; data: Buffer }
  | { kind: 'result'; result: SupervisorResult }
  /** The head of a file that was wanted: its bytes follow; or why they do not. */
  | { kind: 'artifact'; found: 'file' | ArtifactError; bytes: number }
  | { kind: 'artifact-data'; data: Buffer }
  /** A file or folder that a compile step has made: the bytes of a file follow. */
  | { kind: 'made'; entry: MadeEntry }
  | { kind: 'made-data'; data: Buffer }
  /** All of that has come, or it cannot be told. */
  | { kind: 'made-end'; whole: boolean }
  /** After a result: the supervisor takes the next job. */
  | { kind: 'ready' }
  | { kind: 'fault'; text: string };

/** The supervisor's stream broke its protocol. */
export class MalformedFrame extends Error {
  override name = 'MalformedFrame';
}

/**
 * Returns a function that takes the supervisor's output as it comes and calls `onFrame` for each whole frame. A frame's
 * `data` is the parser's own memory: who needs it after the call copies it.
 * @throws MalformedFrame; the stream is of no further use then.
 */
export function createFrameParser(onFrame: (frame: SupervisorFrame) => void): (chunk: Buffer) => void {
  const held = Buffer.alloc(PARSER_BYTES);
  let bytes = 0;
  let wanted = HEADER_BYTES;

  return (chunk) => {
    for (let offset = 0; offset < chunk.length; ) {
      const copied = chunk.copy(held, bytes, offset, offset + wanted - bytes);
      bytes += copied;
      offset += copied;
      if (bytes === HEADER_BYTES) wanted = HEADER_BYTES + parseLength(held);
      if (bytes < wanted) continue;
      onFrame(toFrame(kindOf(held), held.subarray(HEADER_BYTES, wanted)));
      bytes = 0;
      wanted = HEADER_BYTES;
    }
  };
}

const kindOf = (header: Buffer, at = 4) => String.fromCharCode(header.readUInt8(at));

function parseLength(header: Buffer): number {
  const length = header.readUInt32BE(0);
  const kind = kindOf(header);
  const [least, most] = PAYLOAD_BYTES[kind] ?? [];
  if (least === undefined || most === undefined) {
    throw new MalformedFrame(`unknown frame kind ${JSON.stringify(kind)}`);
  }
  if (length < least || length > most) throw new MalformedFrame(`frame ${kind} of ${length} bytes`);
  return length;
}

function toFrame(kind: string, payload: Buffer): SupervisorFrame {
  if (kind === 'O') return { kind: 'stdout', data: payload };
  if (kind === 'E') return { kind: 'stderr', data: payload };
  if (kind === 'P') return { kind: 'phase', phase: toPhase(payload.toString('latin1')) };
  if (kind === 'N') return { kind: 'ready' };
  if (kind === 'W') return toArtifact(payload);
  if (kind === 'D') return { kind: 'artifact-data', data: payload };
  if (kind === 'T') return { kind: 'made', entry: toEntry(payload) };
  if (kind === 'C') return { kind: 'made-data', data: payload };
  if (kind === 'Z') return { kind: 'made-end', whole: toWhole(kindOf(payload, 0)) };
  if (kind === '!') return { kind: 'fault', text: payload.toString('utf8') };
  return { kind: 'result', result: parseResult(payload.toString('utf8')) };
}

function toPhase(letter: string): 'compile' | 'run' {
  if (letter === 'C') return 'compile';
  if (letter === 'R') return 'run';
  throw new MalformedFrame(`unknown phase ${JSON.stringify(letter)}`);
}

const FOUND: Record<string, 'file' | ArtifactError> = {
  F: 'file',
  M: 'missing',
  N: 'no_file',
  U: 'unreadable',
  L: 'too_large',
};

function toArtifact(payload: Buffer): SupervisorFrame {
  const letter = kindOf(payload, 0);
  const found = Object.hasOwn(FOUND, letter) ? FOUND[letter] : undefined;
  const bytes = payload.readUInt32BE(1);
  if (found === undefined) throw new MalformedFrame(`unknown state of a file ${JSON.stringify(letter)}`);
  if (found !== 'file' && bytes !== 0) throw new MalformedFrame(`${bytes} bytes of a file that is not sent`);
  return { kind: 'artifact', found, bytes };
}

const LOOKS_BYTES = 11;
const HIGHEST_MODE = 0o777;

function toEntry(payload: Buffer): MadeEntry {
  const letter = kindOf(payload, 0);
  const bytes = payload.readUInt32BE(LOOKS_BYTES);
  if (letter !== 'F' && letter !== 'D')
    throw new MalformedFrame(`unknown part of a folder ${JSON.stringify(letter)}`);
  if (letter === 'D' && bytes !== 0) throw new MalformedFrame(`a folder of ${bytes} bytes`);
  if (payload.readUInt16BE(1) > HIGHEST_MODE) throw new MalformedFrame('a mode that no file has');
  const copy = Buffer.from(payload);
  return { looks: copy.subarray(0, LOOKS_BYTES), path: copy.subarray(LOOKS_BYTES + 4), bytes };
}

function toWhole(letter: string): boolean {
  if (letter !== 'A' && letter !== 'N')
    throw new MalformedFrame(`unknown end of a folder ${JSON.stringify(letter)}`);
  return letter === 'A';
}

function parseResult(text: string): SupervisorResult {
  try {
    return supervisorResultSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new MalformedFrame('result frame is not a result', { cause: error });
  }
}
