// Gathers what a compile step has made, of which its supervisor tells, as frames for another supervisor. Trusts it in nothing:
// there is only as much as a cache may hold, and each file is as long as was said.
import { encodeMadeEntry } from './encode-frames.js';
import { MalformedFrame, type SupervisorFrame } from './frames.js';

const MADE_BYTES = 8 * 1024 * 1024;
const MADE_ENTRIES = 256;

export type MadeFrame = Extract<SupervisorFrame, { kind: 'made' | 'made-data' | 'made-end' }>;

export type MadeRecorder = {
  take(frame: MadeFrame): void;
  /** Whether nothing but more of it may come now. */
  isOpen(): boolean;
  /** Whether its end has come. */
  isOver(): boolean;
  /** All of it; undefined when not all came. */
  end(): Buffer[] | undefined;
};

export function createMadeRecorder(): MadeRecorder {
  let frames: Buffer[] = [];
  let room = MADE_BYTES;
  let missing: Buffer = Buffer.alloc(0);
  let state: 'none' | 'open' | 'whole' | 'given up' = 'none';

  function begin({ entry }: Extract<MadeFrame, { kind: 'made' }>): void {
    if (missing.length > 0) throw new MalformedFrame('a part of a folder before the last one is whole');
    if (frames.length === MADE_ENTRIES)
      throw new MalformedFrame(`a folder of more than ${MADE_ENTRIES} parts`);
    if (entry.bytes > room) throw new MalformedFrame(`a folder of more than ${MADE_BYTES} bytes`);
    room -= entry.bytes;
    const [frame, content] = encodeMadeEntry(entry);
    frames.push(frame);
    missing = content;
  }

  return {
    take(frame) {
      if (state === 'whole' || state === 'given up')
        throw new MalformedFrame(`${frame.kind} after a folder’s end`);
      state = 'open';
      if (frame.kind === 'made') begin(frame);
      else if (frame.kind === 'made-data') {
        if (frame.data.length > missing.length) throw new MalformedFrame('a file is longer than was said');
        frame.data.copy(missing);
        missing = missing.subarray(frame.data.length);
      } else {
        if (frame.whole && missing.length > 0) throw new MalformedFrame('a folder’s end before a file’s');
        state = frame.whole ? 'whole' : 'given up';
        if (!frame.whole) frames = [];
      }
    },
    isOpen: () => state === 'open',
    isOver: () => state === 'whole' || state === 'given up',
    end: () => (state === 'whole' ? frames : undefined),
  };
}
