import pino from 'pino';
import { expect, test, vi } from 'vitest';
import { createEngineGate } from '../../src/activities/engine-gate.js';

const log = pino({ level: 'silent' });
const signal = new AbortController().signal;

/** An engine that can be away. */
function createEngine(patienceMs?: number) {
  const calls: string[] = [];
  const engine = { away: false, leftoversStay: false };
  const gate = createEngineGate({
    async ping() {
      if (engine.away) throw new Error('connect ECONNREFUSED');
      calls.push('ping');
    },
    async onBack() {
      if (engine.leftoversStay) throw new Error('connect ECONNRESET');
      calls.push('back');
    },
    log,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  return { engine, gate, calls };
}

test('nobody waits, and the engine is not asked, while nothing is wrong', async () => {
  const { gate, calls } = createEngine();
  await gate.pass(signal);
  expect(calls).toEqual([]);
});

test('all wait until the engine answers, and what it left is put in order before they pass', async () => {
  const { engine, gate, calls } = createEngine();
  engine.away = true;
  gate.close(new Error('refused'));
  gate.close(new Error('refused again'));
  const passed = vi.fn(() => calls.push('passed'));
  const passing = [gate.pass(signal).then(passed), gate.pass(signal).then(passed)];
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(passed).not.toHaveBeenCalled();
  engine.away = false;
  await Promise.all(passing);
  expect(calls).toEqual(['ping', 'back', 'passed', 'passed']);
  await gate.pass(signal);
});

test('an engine that goes away again while it is put in order is waited for again', async () => {
  const { engine, gate, calls } = createEngine();
  engine.leftoversStay = true;
  gate.close(new Error('refused'));
  const passing = gate.pass(signal);
  await new Promise((resolve) => setTimeout(resolve, 600));
  engine.leftoversStay = false;
  await passing;
  expect(calls.filter((call) => call === 'ping').length).toBeGreaterThan(1);
  expect(calls.at(-1)).toBe('back');
});

test('patience ends: the attempt fails as the engine’s trouble, and the gate stays closed', async () => {
  const { engine, gate } = createEngine(50);
  engine.away = true;
  gate.close(new Error('refused'));
  await expect(gate.pass(signal)).rejects.toMatchObject({ type: 'EngineAway', nonRetryable: false });
  await expect(gate.pass(signal)).rejects.toThrow('away for 0.05 s');
});

test('a job that is cancelled does not wait on', async () => {
  const { engine, gate } = createEngine();
  engine.away = true;
  gate.close(new Error('refused'));
  const cancel = new AbortController();
  const passing = gate.pass(cancel.signal);
  cancel.abort(new Error('cancelled'));
  await expect(passing).rejects.toThrow('cancelled');
  await expect(gate.pass(cancel.signal)).rejects.toThrow('cancelled');
});
