import { expect, test } from 'vitest';
import type { Attempt } from '../../src/activities/attempt.js';
import { createCompileCache } from '../../src/activities/compile-cache.js';
import { createCompileStep } from '../../src/activities/compile-step.js';
import { SupervisorFault } from '../../src/activities/run-recorder.js';
import type { RunReport } from '../../src/activities/verdict.js';
import type { Language } from '../../src/languages.js';
import { createRunnerMetrics } from '../../src/metrics.js';
import { RESULT } from './supervisor-stream.js';

const language = { id: 'c', file: 'main.c', compile: ['gcc'] } as unknown as Language;
const attempt = { owner: 'alice', language, code: 'int x;' } as unknown as Attempt;
const LIMITS = { outputBytes: 10 };

const createHost = () => ({
  compileCache: createCompileCache(2 ** 20),
  images: new Map([['c', 'image:1']]),
  metrics: createRunnerMetrics(),
});

const compiled = (warning = 'warning'): RunReport => ({
  supervisor: { ...RESULT, compile_wall_us: 70_000 },
  compile: { stdout: Buffer.alloc(0), stderr: Buffer.from(warning) },
  run: { stdout: Buffer.from('ran'), stderr: Buffer.alloc(0) },
  artifacts: [],
  made: [Buffer.from('frame')],
  startedAt: new Date(0),
  completedAt: new Date(1),
});
const ran = (): RunReport => ({ ...compiled(), supervisor: RESULT, compile: null, made: undefined });

test('what one job’s compile step made is found by the next, with its output and its time, and counted', async () => {
  const host = createHost();
  const first = createCompileStep(host, attempt, LIMITS);
  expect(first?.found).toBeUndefined();
  expect(first?.finish(compiled())).not.toHaveProperty('made');
  const second = createCompileStep(host, attempt, LIMITS);
  expect(second?.found?.frames).toEqual([Buffer.from('frame')]);
  expect(second?.finish(ran()).compile).toEqual({
    ...{ stdout: Buffer.alloc(0), stderr: Buffer.from('warning'), cachedWallUs: 70_000 },
  });
  const text = await host.metrics.registry.metrics();
  for (const result of ['hit', 'miss'])
    expect(text).toContain(`braindrill_runner_compile_cache_total{language="c",result="${result}"} 1`);
});

test('nothing is kept of a step that failed, or could not be told', () => {
  const host = createHost();
  const failed: RunReport = { ...ran(), supervisor: { ...RESULT, phase: 'compile', exit_code: 1 } };
  for (const report of [failed, { ...compiled(), made: undefined }]) {
    createCompileStep(host, attempt, LIMITS)?.finish(report);
    expect(createCompileStep(host, attempt, LIMITS)?.found).toBeUndefined();
  }
});

test('a job that lets its compiler say less is compiled, and fails by itself', () => {
  const host = createHost();
  createCompileStep(host, attempt, LIMITS)?.finish(compiled('warning'));
  expect(createCompileStep(host, attempt, { outputBytes: 7 })?.found).toBeDefined();
  expect(createCompileStep(host, attempt, { outputBytes: 6 })?.found).toBeUndefined();
});

test('what a supervisor cannot take is compiled by the next attempt; what the platform lost is kept', () => {
  const host = createHost();
  createCompileStep(host, attempt, LIMITS)?.finish(compiled());
  const lost = new Error('container ended');
  expect(createCompileStep(host, attempt, LIMITS)?.fail(lost)).toBe(lost);
  expect(createCompileStep(host, attempt, LIMITS)?.found).toBeDefined();
  const refused = new SupervisorFault('cannot write file');
  expect(createCompileStep(host, attempt, LIMITS)?.fail(refused)).toMatchObject({
    type: 'CompiledRefused',
    nonRetryable: false,
  });
  const next = createCompileStep(host, attempt, LIMITS);
  expect(next?.found).toBeUndefined();
  expect(next?.fail(refused)).toBe(refused);
});

test('without a cache there is no such step, nor for nobody’s job', () => {
  const { compileCache: _, ...host } = createHost();
  expect(createCompileStep(host, attempt, LIMITS)).toBeUndefined();
  expect(createCompileStep(createHost(), { ...attempt, owner: null }, LIMITS)).toBeUndefined();
});
