import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDockerStreamParser } from '../../src/activities/docker-stream.js';
import { encodeFile, encodeGo } from '../../src/activities/encode-frames.js';
import { createFrameParser, MalformedFrame, type SupervisorFrame } from '../../src/activities/frames.js';
import { artifactHead, madeHead } from './hostile-stream.js';
import { cut, dockerMessage, frame, RESULT } from './supervisor-stream.js';

function parseAll(pieces: Buffer[]): SupervisorFrame[] {
  const frames: SupervisorFrame[] = [];
  const push = createFrameParser((seen) => {
    frames.push('data' in seen ? { ...seen, data: Buffer.from(seen.data) } : seen);
  });
  for (const piece of pieces) push(piece);
  return frames;
}

test('frames come out the same however the stream is cut', () => {
  const chunk = fc.record({
    kind: fc.constantFrom('O', 'E'),
    data: fc.uint8Array({ minLength: 1, maxLength: 300 }),
  });
  const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 20 }), lengths, (chunks, cuts) => {
      const bytes = Buffer.concat([
        frame('P', 'R'),
        ...chunks.map(({ kind, data }) => frame(kind, Buffer.from(data))),
        frame('R', JSON.stringify(RESULT)),
      ]);
      expect(parseAll(cut(bytes, cuts))).toEqual([
        { kind: 'phase', phase: 'run' },
        ...chunks.map(({ kind, data }) => ({
          kind: kind === 'O' ? 'stdout' : 'stderr',
          data: Buffer.from(data),
        })),
        { kind: 'result', result: RESULT },
      ]);
    }),
  );
});

test.each([
  ['an unknown kind', frame('Z', 'x')],
  ['a phase that does not exist', frame('P', 'Q')],
  ['a phase that is too long', frame('P', 'RR')],
  ['an output frame with nothing in it', frame('O', '')],
  ['an output frame over its limit', frame('O', Buffer.alloc(32_769))],
  ['a length of four gigabytes', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x4f])],
  ['a file in an unknown state', artifactHead('Z', 0)],
  ['bytes of a file that is missing', artifactHead('M', 1)],
  ['no data of a file', frame('D', '')],
  ['a part of a folder of an unknown kind', madeHead('L', 0)],
  ['a folder with a size', madeHead('D', 1)],
  ['a file with a mode that there is not', madeHead('F', 0, { mode: 0o4755 })],
  ['a part of a folder without a path', madeHead('F', 0, { path: '' })],
  ['no data of a part of a folder', frame('C', '')],
  ['an unknown end of a folder', frame('Z', 'X')],
  ['a result that is no JSON', frame('R', '{')],
  ['a result with a field too many', frame('R', JSON.stringify({ ...RESULT, more: 1 }))],
  ['a result with a field missing', frame('R', JSON.stringify({ ...RESULT, wall_us: undefined }))],
  ['a negative count', frame('R', JSON.stringify({ ...RESULT, stdout_bytes: -1 }))],
  ['an exit code of 256', frame('R', JSON.stringify({ ...RESULT, exit_code: 256 }))],
])('%s is malformed', (_, bytes) => {
  expect(() => parseAll([bytes])).toThrow(MalformedFrame);
});

test('random bytes either parse or are malformed, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 10 }), (pieces) => {
      try {
        parseAll(pieces.map((piece) => Buffer.from(piece)));
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedFrame);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a file frame carries the length of its path before path and content', () => {
  const bytes = encodeFile('main.py', Buffer.from('print(1)'));
  expect(bytes.readUInt32BE(0)).toBe(2 + 7 + 8);
  expect(bytes.subarray(4).toString('latin1')).toBe('F\0\u0007main.pyprint(1)');
  expect(encodeGo()).toEqual(Buffer.from([0, 0, 0, 0, 0x47]));
});

test('the Docker stream gives each stream its bytes however it is cut', () => {
  const message = fc.record({ stream: fc.constantFrom(1, 2), data: fc.uint8Array({ maxLength: 200 }) });
  fc.assert(
    fc.property(
      fc.array(message),
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 5 }),
      (messages, cuts) => {
        const bytes = Buffer.concat(messages.map(({ stream, data }) => dockerMessage(stream, data)));
        const seen: Record<'1' | '2', Buffer[]> = { 1: [], 2: [] };
        const push = createDockerStreamParser({
          onStdout: (chunk) => seen[1].push(chunk),
          onStderr: (chunk) => seen[2].push(chunk),
        });
        for (const piece of cut(bytes, cuts)) push(piece);
        for (const stream of [1, 2] as const) {
          const sent = messages.filter((message) => message.stream === stream).map(({ data }) => data);
          expect(Buffer.concat(seen[stream])).toEqual(Buffer.concat(sent));
        }
      },
    ),
  );
});

test('five thousand one-byte messages in one chunk do not overflow the stack', () => {
  let bytes = 0;
  const push = createDockerStreamParser({ onStdout: (chunk) => (bytes += chunk.length), onStderr: () => {} });
  push(Buffer.concat(Array.from({ length: 5_000 }, () => dockerMessage(1, Buffer.from('x')))));
  expect(bytes).toBe(5_000);
});
