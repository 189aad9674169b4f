import { expect, test } from 'vitest';
import type { SupervisorResult } from '../../src/activities/frames.js';
import { signalName, toJobResult } from '../../src/activities/verdict.js';

const ENDED: SupervisorResult = {
  phase: 'run',
  exit_code: 0,
  signal: null,
  wall_us: 12_345,
  cpu_us: 6_600,
  memory_bytes: 5_000_000,
  timed_out: false,
  output_limit: false,
  killed: false,
  oom_kills: 0,
  stdout_bytes: 3,
  stderr_bytes: 0,
  compile_wall_us: null,
};

const KILLED = { exit_code: null, signal: 9 };

function judge(result: Partial<SupervisorResult>, compiled = false) {
  const streams = (name: string) => ({
    stdout: Buffer.from(`${name} out`),
    stderr: Buffer.from(`${name} err`),
  });
  const report = {
    supervisor: { ...ENDED, ...result },
    compile: compiled ? streams('compile') : null,
    run: streams('run'),
    startedAt: new Date('2026-01-01T00:00:00Z'),
    completedAt: new Date('2026-01-01T00:00:01Z'),
  };
  return toJobResult(report, { attempt: 1, host: 'here' });
}

test.each([
  ['exit code 0', {}, 'completed', null],
  ['exit code 0 after the loss of a child to the memory limit', { oom_kills: 1 }, 'completed', null],
  ['another exit code', { exit_code: 3 }, 'failed', 'exit_code'],
  ['exit code 137 of its own', { exit_code: 137 }, 'failed', 'exit_code'],
  ['a signal of its own', { exit_code: null, signal: 11 }, 'failed', 'signal'],
  ['SIGKILL of its own', KILLED, 'failed', 'signal'],
  ['SIGKILL by the kernel for memory', { ...KILLED, oom_kills: 1 }, 'failed', 'memory_limit'],
  [
    'an exit code after a child was killed for memory',
    { exit_code: 1, oom_kills: 2 },
    'failed',
    'memory_limit',
  ],
  ['the time limit', { ...KILLED, timed_out: true }, 'timedout', null],
  ['the time limit with memory killed too', { ...KILLED, timed_out: true, oom_kills: 1 }, 'timedout', null],
  ['the output limit', { ...KILLED, output_limit: true }, 'failed', 'output_limit'],
  ['the compiler refusing', { phase: 'compile', exit_code: 1 }, 'failed', 'compile_error'],
  [
    'the compiler over its time limit',
    { phase: 'compile', ...KILLED, timed_out: true },
    'failed',
    'compile_error',
  ],
] as const)('%s is told as it is', (_, result, status, reason) => {
  expect(judge(result)).toMatchObject({ status, reason });
});

test('a failed compile step has its output in compile and in stderr, and no exit code of the program', () => {
  const result = judge({ phase: 'compile', exit_code: 1 }, true);
  expect(result).toMatchObject({ stdout: '', stderr: 'compile err', exitCode: null });
  expect(result.compile).toMatchObject({ stdout: 'compile out', stderr: 'compile err', exitCode: 1 });
});

test('a compiled program has both outputs apart', () => {
  const result = judge({ compile_wall_us: 80_400 }, true);
  expect(result).toMatchObject({ stdout: 'run out', stderr: 'run err', exitCode: 0 });
  expect(result.compile).toEqual({
    stdout: 'compile out',
    stderr: 'compile err',
    exitCode: 0,
    wallTimeMs: 80,
  });
});

test('times are in milliseconds and memory in bytes', () => {
  expect(judge({})).toMatchObject({
    cpuTimeMs: 7,
    memoryBytes: 5_000_000,
    startedAt: '2026-01-01T00:00:00.000Z',
  });
});

test.each([
  [6, 'SIGABRT'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
  [29, 'SIGIO'],
  [34, 'SIG34'],
])('signal %i is %s', (number, name) => {
  expect(signalName(number)).toBe(name);
});
