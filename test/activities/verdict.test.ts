import { expect, test } from 'vitest';
import type { SupervisorResult } from '../../src/activities/frames.js';
import {
  endsJob,
  type RunReport,
  type RunReports,
  signalName,
  toJobResult,
} from '../../src/activities/verdict.js';
import type { JobRequest, RunInput } from '../../src/job.js';

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
    artifacts: [],
    startedAt: new Date('2026-01-01T00:00:00Z'),
    completedAt: new Date('2026-01-01T00:00:01Z'),
  };
  return toJobResult([report], { code: '' }, { attempt: 1, host: 'here' });
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
    cached: false,
  });
});

test('a compile step that another job had is told with that one’s output and time, and as cached', () => {
  const output = (name: string) => ({ stdout: Buffer.alloc(0), stderr: Buffer.from(name) });
  const compile = { ...output('warning'), cachedWallUs: 70_600 };
  const { run, ...ended } = report({}, 'ran');
  expect(toJobResult([{ ...ended, run, compile }], { code: '' }, { attempt: 1, host: 'here' })).toMatchObject(
    {
      ...{ status: 'completed', stdout: 'ran' },
      compile: { stdout: '', stderr: 'warning', exitCode: 0, wallTimeMs: 71, cached: true },
    },
  );
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

const report = (result: Partial<SupervisorResult>, stdout: string, compile = false): RunReport => ({
  supervisor: { ...ENDED, ...result },
  compile: compile ? { stdout: Buffer.alloc(0), stderr: Buffer.from('warning') } : null,
  run: { stdout: Buffer.from(stdout), stderr: Buffer.from('err') },
  artifacts: [],
  startedAt: new Date('2026-01-01T00:00:00Z'),
  completedAt: new Date('2026-01-01T00:00:01Z'),
});

const judgeAll = (reports: RunReports, request: Partial<JobRequest>) =>
  toJobResult(reports, { code: '', ...request }, { attempt: 1, host: 'here' });

test.each([
  ['7', '7\n', 'accepted'],
  ['1\n2 \n\n', '1 \r\n2', 'accepted'],
  ['', '\n', 'accepted'],
  [' 7', '7', 'wrong_answer'],
  ['7', '', 'wrong_answer'],
  ['1\n\n2', '1\n2', 'wrong_answer'],
])('output %j where %j is expected is %s', (output, expected_output, verdict) => {
  expect(judgeAll([report({}, output)], { expected_output })).toMatchObject({ verdict, stdout: output });
});

test('of several runs the first that does not pass speaks for all, and output is told once', () => {
  const reports: RunReports = [
    report({ cpu_us: 5_000, memory_bytes: 7, compile_wall_us: 9_000 }, '1', true),
    report({ cpu_us: 6_000, memory_bytes: 9 }, '2'),
    report({ exit_code: 4, cpu_us: 7_000, memory_bytes: 8 }, '3'),
  ];
  const runs = [{ expected_output: '1' }, { expected_output: 'x' }, {}, {}];
  const result = judgeAll(reports, { runs });
  expect(result).toMatchObject({
    ...{ status: 'completed', verdict: 'wrong_answer', exitCode: 0, stdout: '', stderr: '' },
    ...{ cpuTimeMs: 18, memoryBytes: 9, runsStopped: 'time_limit' },
    compile: { stderr: 'warning', exitCode: 0, wallTimeMs: 9 },
  });
  expect(result.runs?.map(({ stdout, verdict, exitCode }) => [stdout, verdict, exitCode])).toEqual([
    ...[
      ['1', 'accepted', 0],
      ['2', 'wrong_answer', 0],
      ['3', null, 4],
    ],
  ]);
  expect(judgeAll(reports, { runs: runs.slice(0, 3) }).runsStopped).toBeNull();
  expect(judgeAll(reports, { runs, stop_at_first_failure: true }).runsStopped).toBe('first_failure');
});

test('a program that does not compile has no runs; one that did and then does not, those before', () => {
  const refused = report({ phase: 'compile', exit_code: 1 }, '', true);
  const runs = [{}, {}, {}];
  expect(judgeAll([refused], { runs })).toMatchObject({
    ...{ reason: 'compile_error', stderr: 'warning', runs: [], runsStopped: null },
  });
  const late = judgeAll([report({}, '1', true), refused], { runs });
  expect(late).toMatchObject({
    reason: 'compile_error',
    stderr: '',
    compile: { exitCode: 0 },
    runsStopped: null,
  });
  expect(late.runs).toHaveLength(1);
});

test.each<[string, Partial<SupervisorResult>, RunInput, boolean, boolean]>([
  ['a run that passes', {}, {}, true, false],
  ['one that fails where that is no matter', { exit_code: 1 }, {}, false, false],
  ['one that fails', { exit_code: 1 }, {}, true, true],
  ['a wrong answer', {}, { expected_output: 'x' }, true, true],
  ['a compile error', { phase: 'compile', exit_code: 1 }, {}, false, true],
])('%s ends a job or not', (_, result, input, stop, ends) => {
  expect(endsJob(report(result, 'y', result.phase === 'compile'), input, stop)).toBe(ends);
});
