// What reads a container's stream, against streams that no supervisor sends: Docker's messages, frames, the record of a run.
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createDockerStreamParser } from '../../src/activities/docker-stream.js';
import {
  createFrameParser,
  MalformedFrame,
  PARSER_BYTES,
  supervisorResultSchema,
} from '../../src/activities/frames.js';
import { createRunRecorder, SupervisorFault } from '../../src/activities/run-recorder.js';
import type { RunReport } from '../../src/activities/verdict.js';
import { ARTIFACT_BYTES } from '../../src/artifact.js';
import { countCopies } from './count-copies.js';
import { cuts, hostileStream } from './hostile-stream.js';
import { cut, dockerMessage, frame, RESULT } from './supervisor-stream.js';

vi.setConfig({ testTimeout: 60_000 });

const MOST = { stdout: 32_768, stderr: 32_768, 'artifact-data': 32_768, 'made-data': 32_768, fault: 512 };
const OUTPUT_BYTES = 200;
/** As many as most streams have. */
const WANTED = 2;

/** What a parser makes of a stream: its frames as plain values, and why it stopped. */
function observe(pieces: Buffer[]): { frames: unknown[]; stopped: string | undefined } {
  const frames: unknown[] = [];
  const parse = createFrameParser((seen) => {
    if ('data' in seen) expect(seen.data.length).toBeLessThanOrEqual(MOST[seen.kind]);
    if (seen.kind === 'fault') expect(Buffer.byteLength(seen.text)).toBeLessThanOrEqual(3 * MOST.fault);
    if (seen.kind === 'result') expect(supervisorResultSchema.parse(seen.result)).toEqual(seen.result);
    frames.push('data' in seen ? [seen.kind, seen.data.toString('latin1')] : Object.values(seen));
  });
  return { frames, stopped: stopOf(() => pieces.forEach(parse)) };
}

/** The message of a MalformedFrame; whatever else is thrown is thrown on. */
function stopOf(read: () => void): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof MalformedFrame) return error.message;
    throw error;
  }
}

/** The stream's frames by the shortest code that there is, up to the first that is cut or of no known kind. */
function split(stream: Buffer): [kind: string, payload: Buffer][] {
  const frames: [string, Buffer][] = [];
  for (let at = 0; at + 5 <= stream.length; ) {
    const end = at + 5 + stream.readUInt32BE(at);
    if (end > stream.length) break;
    frames.push([stream.toString('latin1', at + 4, at + 5), stream.subarray(at + 5, end)]);
    at = end;
  }
  return frames;
}

const NAMES: Record<string, string> = {
  ...{ P: 'phase', O: 'stdout', E: 'stderr', R: 'result', '!': 'fault', W: 'artifact', D: 'artifact-data' },
  ...{ T: 'made', C: 'made-data', Z: 'made-end' },
};

test('a hostile stream gives the frames that are in it, or is malformed, and the same however it is cut', () => {
  let malformed = 0;
  let whole = 0;
  fc.assert(
    fc.property(hostileStream, cuts, (stream, lengths) => {
      const seen = observe([stream]);
      // Of a large stream only the first bytes of each piece come alone, for the time's sake.
      expect(observe(cut(stream, stream.length < 4_000 ? [1] : [1, 1, 1, 400]))).toEqual(seen);
      expect(observe(cut(stream, lengths))).toEqual(seen);
      const sent = split(stream).slice(0, seen.frames.length);
      expect(seen.frames.map((one) => (one as unknown[])[0])).toEqual(sent.map(([kind]) => NAMES[kind]));
      const outputs = (frames: unknown[][]) =>
        frames.filter(([kind]) =>
          ['stdout', 'stderr', 'artifact-data', 'made-data'].includes(kind as string),
        );
      expect(outputs(seen.frames as unknown[][])).toEqual(
        outputs(sent.map(([kind, payload]) => [NAMES[kind], payload.toString('latin1')])),
      );
      if (seen.stopped === undefined) whole += 1;
      else malformed += 1;
    }),
    { numRuns: 4_000 },
  );
  // Both ways are really tried.
  expect(Math.min(malformed, whole)).toBeGreaterThan(400);
});

test('a hostile stream leaves a record within its limits, whatever Docker’s messages are like', async () => {
  const ends = { none: 0, malformed: 0, fault: 0, report: 0, made: 0 };
  const message = fc.tuple(fc.constantFrom(0, 1, 1, 1, 2, 3, 255), fc.integer({ min: 1, max: 200 }));
  const lie = fc.option(fc.constantFrom(0, 1, 7, 2 ** 31, 2 ** 32 - 1), { freq: 3 });
  const messages = fc.array(message, { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(hostileStream, messages, lie, cuts, async (stream, shapes, length, lengths) => {
      const recorder = createRunRecorder(OUTPUT_BYTES, () => {}, { artifacts: WANTED, made: true });
      const parse = createDockerStreamParser({
        onStdout: createFrameParser(recorder.onFrame),
        onStderr: () => {},
      });
      const stopped = stopOf(() => cut(wrap(stream, shapes, length ?? undefined), lengths).forEach(parse));
      const end = await Promise.race([recorder.report.catch((error: unknown) => error), setImmediate()]);
      if (end === undefined) ends[stopped === undefined ? 'none' : 'malformed']++;
      else if (end instanceof SupervisorFault) ends.fault++;
      else {
        expectRecord(end as RunReport);
        ends.report++;
        if ((end as RunReport).made) ends.made++;
      }
    }),
    { numRuns: 4_000 },
  );
  for (const [end, count] of Object.entries(ends))
    expect(count, end).toBeGreaterThan(end === 'made' ? 5 : 20);
});

function expectRecord({ supervisor, compile, run, artifacts, made = [] }: RunReport): void {
  expect(made.length).toBeLessThanOrEqual(256);
  for (const { length } of made) expect(length).toBeLessThanOrEqual(8 * 2 ** 20 + 5 + 13 + 255);
  expect(artifacts).toHaveLength(WANTED);
  const files = artifacts.map((one) => (one.found === 'file' ? one.content.length : 0));
  for (const bytes of files) expect(bytes).toBeLessThanOrEqual(ARTIFACT_BYTES);
  for (const kept of [run.stdout, run.stderr, compile?.stdout, compile?.stderr]) {
    expect(kept?.length ?? 0).toBeLessThanOrEqual(OUTPUT_BYTES);
  }
  expect(supervisorResultSchema.parse(supervisor)).toEqual(supervisor);
}

/** A stream in Docker's messages, in turn of these streams and sizes; the others carry junk. The last may lie about its length. */
function wrap(stream: Buffer, shapes: [stream: number, bytes: number][], lie?: number): Buffer {
  const messages: Buffer[] = [];
  if (!shapes.some(([number]) => number === 1)) return dockerMessage(1, stream, lie);
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const [number, bytes] = shapes[turn % shapes.length] as [number, number];
    const data = number === 1 ? stream.subarray(at, at + bytes) : Buffer.alloc(bytes, 'junk');
    if (number === 1) at += bytes;
    messages.push(dockerMessage(number, data, at >= stream.length ? lie : undefined));
  }
  return Buffer.concat(messages);
}

test('output comes through whole, however Docker’s messages and the stream are cut', async () => {
  const output = fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 20 });
  const shapes = fc.array(fc.tuple(fc.constantFrom(1, 2), fc.integer({ min: 1, max: 50 })), {
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(output, output, shapes, cuts, async (stdout, stderr, messages, lengths) => {
      const recorder = createRunRecorder(2_000, () => {});
      const parse = createDockerStreamParser({
        onStdout: createFrameParser(recorder.onFrame),
        onStderr: () => {},
      });
      const stream = Buffer.concat([
        frame('P', 'R'),
        ...stdout.map((data) => frame('O', data)),
        ...stderr.map((data) => frame('E', data)),
        frame('R', JSON.stringify(RESULT)),
      ]);
      for (const piece of cut(wrap(stream, messages), lengths)) parse(piece);
      const { run } = await recorder.report;
      expect(run).toEqual({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
    }),
    { numRuns: 1_000 },
  );
});

test('a parser holds its own bytes only, one frame and no more, and copies each byte once', () => {
  expect(PARSER_BYTES).toBe(5 + 32_768);
  const sent = [
    frame('P', 'R'),
    frame('O', Buffer.alloc(32_768, 'o')),
    frame('E', Buffer.alloc(32_768, 'e')),
  ];
  const stream = Buffer.concat(sent);
  let seen = '';
  const parse = createFrameParser((one) => {
    seen += 'data' in one ? one.data.toString('latin1') : '';
  });
  const copies = countCopies();
  const memory = (['alloc', 'allocUnsafe', 'concat', 'from'] as const).map((name) => vi.spyOn(Buffer, name));
  const chunk = stream.subarray(0, 1);
  for (const byte of Buffer.from(stream)) {
    chunk[0] = byte;
    parse(chunk);
    // It keeps no view of what it was given.
    chunk[0] = 0xff;
  }
  const taken = memory.map(({ mock }) => mock.calls.length);
  expect(seen).toBe('o'.repeat(32_768) + 'e'.repeat(32_768));
  expect(copies.bytes).toBe(stream.length);
  // One for the loop above.
  expect(taken).toEqual([0, 0, 0, 1]);
});

test.each([
  ['P', 2 ** 32 - 1],
  ['O', 2 ** 32 - 1],
  ['E', 2 ** 31],
  ['R', 1025],
  ['!', 513],
  ['W', 6],
  ['D', 32_769],
  ['T', 15 + 256],
  ['C', 32_769],
  ['Z', 2],
])('a frame %s that claims %i bytes is refused at its header', (kind, length) => {
  const header = frame(kind, '', length);
  const parse = createFrameParser(() => {});
  for (let at = 0; at < 4; at++) parse(header.subarray(at, at + 1));
  expect(() => parse(header.subarray(4))).toThrow(MalformedFrame);
});
