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
