// The supervisor's protocol, runner's side. Both ways a frame is: payload length (u32 big-endian), kind (one byte), payload.
// This parser is the piece of host code that a hostile program gets nearest to: it is bounded, and refuses what it does not know.
import { z } from 'zod';

const HEADER_BYTES = 5;

/** The largest payload of each kind that a supervisor sends. */
const MAX_PAYLOAD_BYTES: Record<string, number> = { P: 1, O: 32_768, E: 32_768, R: 1024, '!': 512 };

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

export type SupervisorFrame =
  | { kind: 'phase'; phase: 'compile' | 'run' }
  | { kind: 'stdout' | 'stderr'; data: Buffer }
  | { kind: 'result'; result: SupervisorResult }
  | { kind: 'fault'; text: string };

/** The supervisor's stream broke its protocol. */
export class MalformedFrame extends Error {
  override name = 'MalformedFrame';
}

/**
 * Returns a function that takes the supervisor's output as it comes and calls `onFrame` for each whole frame.
 * @throws MalformedFrame; the stream is of no further use then.
 */
export function createFrameParser(onFrame: (frame: SupervisorFrame) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);

  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let offset = 0;
    while (pending.length - offset >= HEADER_BYTES) {
      const length = pending.readUInt32BE(offset);
      const kind = String.fromCharCode(pending.readUInt8(offset + 4));
      const limit = MAX_PAYLOAD_BYTES[kind];
      if (limit === undefined) throw new MalformedFrame(`unknown frame kind ${JSON.stringify(kind)}`);
      if (length > limit) throw new MalformedFrame(`frame ${kind} of ${length} bytes`);
      const end = offset + HEADER_BYTES + length;
      if (pending.length < end) break;
      onFrame(toFrame(kind, pending.subarray(offset + HEADER_BYTES, end)));
      offset = end;
    }
    pending = pending.subarray(offset);
  };
}

/** A file in the job's folder; the supervisor refuses paths that lead out of it. */
export function encodeFile(path: string, content: Buffer): Buffer {
  const name = Buffer.from(path);
  const nameLength = Buffer.alloc(2);
  nameLength.writeUInt16BE(name.length);
  return encodeFrame('F', Buffer.concat([nameLength, name, content]));
}

/** Starts the program. */
export const encodeGo = () => encodeFrame('G');

/** The program's standard input ends here. */
export const encodeEndOfStdin = () => encodeFrame('X');

function encodeFrame(kind: string, payload: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(payload.length);
  header.write(kind, 4, 'latin1');
  return Buffer.concat([header, payload]);
}

function toFrame(kind: string, payload: Buffer): SupervisorFrame {
  if (kind === 'O') return { kind: 'stdout', data: payload };
  if (kind === 'E') return { kind: 'stderr', data: payload };
  if (kind === 'P') return { kind: 'phase', phase: toPhase(payload.toString('latin1')) };
  if (kind === '!') return { kind: 'fault', text: payload.toString('utf8') };
  return { kind: 'result', result: parseResult(payload.toString('utf8')) };
}

function toPhase(letter: string): 'compile' | 'run' {
  if (letter === 'C') return 'compile';
  if (letter === 'R') return 'run';
  throw new MalformedFrame(`unknown phase ${JSON.stringify(letter)}`);
}

function parseResult(text: string): SupervisorResult {
  try {
    return supervisorResultSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new MalformedFrame('result frame is not a result', { cause: error });
  }
}
