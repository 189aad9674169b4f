// The supervisor's protocol, runner's side: what it is sent.
import { HEADER_BYTES, type MadeEntry } from './frames.js';

/** A file in the job's folder; the supervisor refuses paths that lead out of it. */
export function encodeFile(path: string, content: Buffer): Buffer {
  const name = Buffer.from(path);
  const nameLength = Buffer.alloc(2);
  nameLength.writeUInt16BE(name.length);
  return encodeFrame('F', Buffer.concat([nameLength, name, content]));
}

/** An argument of the program, after those of before. */
export const encodeArgument = (argument: string) => encodeFrame('A', Buffer.from(argument));

export const encodeVariable = (name: string, value: string) =>
  encodeFrame('E', Buffer.from(`${name}=${value}`));

/** The file to begin with, instead of the language's. */
export const encodeEntrypoint = (path: string) => encodeFrame('B', Buffer.from(path));

/** A word more for the compiler, after those of before. */
export const encodeFlag = (flag: string) => encodeFrame('C', Buffer.from(flag));

/** A file that is wanted when all is over. */
export const encodeArtifact = (path: string) => encodeFrame('W', Buffer.from(path));

/** Lowers a limit; raises none. */
export const encodeLimit = (name: 'time_limit_ms' | 'output_bytes', value: number) =>
  encodeFrame('L', Buffer.from(`${name}=${value}`));

/** What the compile step makes is kept for further runs. */
export const encodeHold = () => encodeFrame('H');

/** The run begins with what is kept instead of files, and without a compile step. */
export const encodeMade = () => encodeFrame('M');

/** Starts the program. */
export const encodeGo = () => encodeFrame('G');

/** Bytes for the program's standard input, which take a frame for each piece. */
export function encodeStdin(bytes: Buffer): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += STDIN_FRAME_BYTES)
    frames.push(encodeFrame('I', bytes.subarray(at, at + STDIN_FRAME_BYTES)));
  return Buffer.concat(frames);
}

const STDIN_FRAME_BYTES = 64 * 1024;

/** The program's standard input ends here. */
export const encodeEndOfStdin = () => encodeFrame('X');

/** What a compile step makes is told, where it succeeds. */
export const encodeTell = () => encodeFrame('T');

/** A file or folder as it was told of, with room for the file's bytes, which is the second. */
export function encodeMadeEntry({ looks, path, bytes }: MadeEntry): [frame: Buffer, content: Buffer] {
  const pathLength = Buffer.alloc(2);
  pathLength.writeUInt16BE(path.length);
  const about = Buffer.concat([looks, pathLength, path]);
  // In one piece, since it may be large.
  const frame = Buffer.alloc(HEADER_BYTES + about.length + bytes);
  writeHeader(frame, 'P', about.length + bytes);
  about.copy(frame, HEADER_BYTES);
  return [frame, frame.subarray(frame.length - bytes)];
}

/** The run begins with such files and folders, and without a compile step. */
export const encodeRestored = () => encodeFrame('N');

function encodeFrame(kind: string, payload: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  writeHeader(header, kind, payload.length);
  return Buffer.concat([header, payload]);
}

function writeHeader(frame: Buffer, kind: string, length: number): void {
  frame.writeUInt32BE(length);
  frame.write(kind, 4, 'latin1');
}
