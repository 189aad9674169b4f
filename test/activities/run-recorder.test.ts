import { expect, test } from 'vitest';
import { MalformedFrame, type SupervisorFrame } from '../../src/activities/frames.js';
import { createRunRecorder } from '../../src/activities/run-recorder.js';
import { countCopies } from './count-copies.js';
import { RESULT } from './supervisor-stream.js';

test('output byte by byte up to the limit takes the limit’s memory, and time in proportion', async () => {
  const limit = 65_536;
  const recorder = createRunRecorder(limit, () => {});
  recorder.onFrame({ kind: 'phase', phase: 'run' });
  const copies = countCopies();
  const data = Buffer.from('x');
  for (let i = 0; i < limit; i++) recorder.onFrame({ kind: 'stdout', data });
  expect(copies.bytes).toBeLessThan(3 * limit);
  expect(() => recorder.onFrame({ kind: 'stdout', data })).toThrow(MalformedFrame);
  recorder.onFrame({ kind: 'result', result: RESULT });
  const { stdout } = (await recorder.report).run;
  expect([stdout.length, stdout.buffer.byteLength]).toEqual([limit, limit]);
  expect(stdout.every((byte) => byte === data[0])).toBe(true);
});

const phase = (name: 'compile' | 'run'): SupervisorFrame => ({ kind: 'phase', phase: name });
const result: SupervisorFrame = { kind: 'result', result: RESULT };
const fault: SupervisorFrame = { kind: 'fault', text: 'no' };
const ready: SupervisorFrame = { kind: 'ready' };
const out: SupervisorFrame = { kind: 'stdout', data: Buffer.from('x') };

test.each<[string, SupervisorFrame[], SupervisorFrame]>([
  ['output before a phase', [], out],
  ['a result before a phase', [], result],
  ['the phase compile twice', [phase('compile')], phase('compile')],
  ['the phase run twice', [phase('run')], phase('run')],
  ['the phase compile after run', [phase('run')], phase('compile')],
  ['output after the result', [phase('run'), result], out],
  ['a second result', [phase('run'), result], result],
  ['a phase after a fault', [fault], phase('run')],
  ['ready before a result', [phase('run')], ready],
  ['ready twice', [phase('run'), result, ready], ready],
  ['output when ready for the next', [phase('run'), result, ready], out],
])('%s is malformed', (_, before, last) => {
  const recorder = createRunRecorder(200, () => {});
  before.forEach(recorder.onFrame);
  expect(() => recorder.onFrame(last)).toThrow(MalformedFrame);
});

test('what comes after the result is told of the run that was sent ahead, which hears first that it may begin', async () => {
  const first = createRunRecorder(200, () => {});
  const second = createRunRecorder(200, () => {}, { early: true });
  first.passOn(second.onFrame);
  for (const frame of [phase('run'), out, result, ready, phase('run'), out, out, result])
    first.onFrame(frame);
  expect((await first.report).run.stdout.toString()).toBe('x');
  expect((await second.report).run.stdout.toString()).toBe('xx');
  expect([first.isReady(), second.isReady()]).toEqual([false, false]);
  first.onFrame(ready);
  expect(second.isReady()).toBe(true);
});

const head = (found: 'file' | 'missing', bytes = 0): SupervisorFrame => ({ kind: 'artifact', found, bytes });
const data = (text: string): SupervisorFrame => ({ kind: 'artifact-data', data: Buffer.from(text) });
const begun = [phase('run'), out];

test('files come in the order in which they were wanted, in as many pieces as it takes', async () => {
  const recorder = createRunRecorder(200, () => {}, { artifacts: 4 });
  const files = [
    head('file', 6),
    data('abc'),
    data('def'),
    head('missing'),
    head('file', 0),
    head('file', 1),
    data('x'),
  ];
  for (const frame of [...begun, ...files, result]) recorder.onFrame(frame);
  expect((await recorder.report).artifacts).toEqual([
    { found: 'file', content: Buffer.from('abcdef') },
    { found: 'missing' },
    { found: 'file', content: Buffer.alloc(0) },
    { found: 'file', content: Buffer.from('x') },
  ]);
});

const KB = 1024;

test.each<[string, number, SupervisorFrame[], SupervisorFrame]>([
  ['a file that nobody wants', 0, begun, head('missing')],
  ['a file more than are wanted', 1, [...begun, head('missing')], head('missing')],
  ['a file before a phase', 1, [], head('missing')],
  ['a result before all files', 2, [...begun, head('missing')], result],
  ['a result before a file is whole', 1, [...begun, head('file', 2), data('x')], result],
  ['a file before the last one is whole', 2, [...begun, head('file', 2), data('x')], head('missing')],
  ['a file that is longer than was said', 1, [...begun, head('file', 2)], data('xyz')],
  ['data of no file', 1, begun, data('x')],
  ['data of a file that is missing', 1, [...begun, head('missing')], data('x')],
  ['a file of 256 KiB and a byte', 1, begun, head('file', 256 * KB + 1)],
  [
    'more than 512 KiB of files',
    3,
    [...begun, ...[1, 2].flatMap(() => [head('file', 256 * KB), data('x'.repeat(256 * KB))])],
    head('file', 1),
  ],
  ['output after a file', 2, [...begun, head('missing')], out],
  ['a phase after a file', 2, [phase('compile'), head('missing')], phase('run')],
  ['a file after the result', 1, [...begun, head('missing'), result], head('missing')],
])('%s is malformed', (_, artifacts, before, last) => {
  const recorder = createRunRecorder(200, () => {}, { artifacts });
  before.forEach(recorder.onFrame);
  expect(() => recorder.onFrame(last)).toThrow(MalformedFrame);
});

const LOOKS = Buffer.from('46008100000000000000ff', 'hex');
const made = (bytes: number, path = 'main'): SupervisorFrame => ({
  kind: 'made',
  entry: { looks: LOOKS, path: Buffer.from(path), bytes },
});
const madeData = (text: string): SupervisorFrame => ({ kind: 'made-data', data: Buffer.from(text) });
const madeEnd = (whole: boolean): SupervisorFrame => ({ kind: 'made-end', whole });
const compiling = [phase('compile'), out];

test('what a compile step has made comes before the phase run, and is kept as frames for a supervisor', async () => {
  const recorder = createRunRecorder(200, () => {}, { made: true });
  const parts = [made(6, 'a/\xff'), madeData('abc'), madeData('def'), made(0), madeEnd(true)];
  for (const frame of [...compiling, ...parts, phase('run'), out, result]) recorder.onFrame(frame);
  const name = Buffer.from('a/\xff');
  const size = Buffer.from([0, name.length]);
  expect((await recorder.report).made?.map((bytes) => bytes.toString('latin1'))).toEqual(
    [
      Buffer.concat([LOOKS, size, name, Buffer.from('abcdef')]),
      Buffer.concat([LOOKS, Buffer.from('\0\x04main')]),
    ]
      .map((payload) => Buffer.concat([Buffer.from([0, 0, 0, payload.length, 0x50]), payload]))
      .map((bytes) => bytes.toString('latin1')),
  );
});

test.each<[string, SupervisorFrame[]]>([
  ['that is given up', [...compiling, made(3), madeData('a'), madeEnd(false), phase('run'), result]],
  ['of a step that failed', [...compiling, { kind: 'result', result: { ...RESULT, phase: 'compile' } }]],
  ['whose supervisor the kernel killed on the way', [...compiling, made(3), madeData('a'), result]],
  ['that did not take place', [phase('run'), result]],
])('of a folder %s nothing is kept', async (_, frames) => {
  const recorder = createRunRecorder(200, () => {}, { made: true });
  for (const frame of frames) recorder.onFrame(frame);
  expect((await recorder.report).made).toBeUndefined();
});

const MB = 1024 * 1024;
const full = [made(8 * MB), madeData('x'.repeat(8 * MB))];

test.each<[string, SupervisorFrame[], SupervisorFrame]>([
  ['a part of a folder before the compile step', [], made(0)],
  ['a part of a folder in the phase run', [phase('run')], made(0)],
  ['an end of a folder in the phase run', [...compiling, madeEnd(true), phase('run')], madeEnd(true)],
  ['a second end of a folder', [...compiling, madeEnd(true)], madeEnd(true)],
  ['a part after the end', [...compiling, madeEnd(false)], made(0)],
  ['the phase run before the end', [...compiling, made(0)], phase('run')],
  ['the phase run with no word of the folder', compiling, phase('run')],
  ['the end before a file is whole', [...compiling, made(2), madeData('x')], madeEnd(true)],
  ['a part before the last one is whole', [...compiling, made(2), madeData('x')], made(0)],
  ['a part that is longer than was said', [...compiling, made(2)], madeData('xyz')],
  ['data of no part', compiling, madeData('x')],
  ['more than 8 MiB', [...compiling, ...full], made(1)],
  ['more than 256 parts', [...compiling, ...Array.from({ length: 256 }, () => made(0))], made(0)],
  ['output before the end', [...compiling, made(0)], out],
  ['output after the end', [...compiling, madeEnd(true)], out],
])('%s is malformed', (_, before, last) => {
  const recorder = createRunRecorder(200, () => {}, { made: true });
  before.forEach(recorder.onFrame);
  expect(() => recorder.onFrame(last)).toThrow(MalformedFrame);
});

test.each([made(0), madeData('x'), madeEnd(true)])('what nobody asked for is malformed: %j', (frame) => {
  const recorder = createRunRecorder(200, () => {});
  compiling.forEach(recorder.onFrame);
  expect(() => recorder.onFrame(frame)).toThrow('at the wrong time');
});

test('a run that was sent early hears first that its supervisor is ready, and again at its end', async () => {
  const recorder = createRunRecorder(200, () => {}, { early: true });
  recorder.onFrame(ready);
  for (const frame of [phase('run'), out, result]) recorder.onFrame(frame);
  expect((await recorder.report).run.stdout.length).toBeGreaterThan(0);
  expect(recorder.isReady()).toBe(false);
  recorder.onFrame(ready);
  expect(recorder.isReady()).toBe(true);
  await recorder.ready;
  expect(() => recorder.onFrame(ready)).toThrow('ready at the wrong time');
});
