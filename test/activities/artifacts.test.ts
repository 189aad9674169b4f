import { expect, test } from 'vitest';
import type { FoundArtifact } from '../../src/activities/artifact-recorder.js';
import { addArtifacts } from '../../src/activities/artifacts.js';
import type { JobResult } from '../../src/job.js';

const RESULT: Omit<JobResult, 'artifacts'> = {
  ...{
    status: 'completed',
    reason: null,
    verdict: null,
    runs: null,
    runsStopped: null,
    stdout: '',
    stderr: '',
  },
  ...{ exitCode: 0, signal: null, truncated: false, cpuTimeMs: 1, memoryBytes: 1, compile: null, attempt: 1 },
  ...{ host: 'a', startedAt: null, completedAt: '2026-01-01T00:00:00.000Z' },
};

const file = (content: string | Buffer): FoundArtifact => ({ found: 'file', content: Buffer.from(content) });

const add = (found: FoundArtifact[], result = RESULT) =>
  addArtifacts(
    result,
    found.map((_, at) => `${at}`),
    found,
  ).artifacts;

test('a job that asked for none has none', () => {
  expect(addArtifacts(RESULT, undefined, []).artifacts).toBeNull();
  expect(add([])).toEqual([]);
});

test('what is text as it is, is told so, and all else as base64', () => {
  const binary = Buffer.from([0, 255, 16]);
  expect(add([file('é "\n'), file(binary), file('\0'.repeat(10)), file(''), file('\ufeffx')])).toEqual([
    { path: '0', content: 'é "\n', encoding: 'utf8' },
    { path: '1', content: 'AP8Q', encoding: 'base64' },
    { path: '2', content: Buffer.alloc(10).toString('base64'), encoding: 'base64' },
    { path: '3', content: '', encoding: 'utf8' },
    { path: '4', content: '\ufeffx', encoding: 'utf8' },
  ]);
});

test('what is not given says why', () => {
  const states = ['missing', 'no_file', 'unreadable', 'too_large'] as const;
  expect(add(states.map((found) => ({ found })))).toEqual(
    states.map((error, at) => ({ path: `${at}`, content: null, error })),
  );
});

const LIMIT = 2 * 1024 * 1024;
const loud = '\0'.repeat(65_536);
const jsonBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

test('half a megabyte fits beside a program’s output at its worst', () => {
  const files = [file(Buffer.alloc(262_144, 0xff)), file(Buffer.alloc(262_144, 0xff))];
  const result = addArtifacts({ ...RESULT, stdout: loud, stderr: loud }, ['a', 'b'], files);
  expect(result.artifacts?.map(({ error }) => error)).toEqual([undefined, undefined]);
  expect(jsonBytes(result)).toBeLessThan(LIMIT);
});

test('a result never gets larger than Temporal takes: what does not fit is too large, and what comes after it may fit', () => {
  const compile = { stdout: loud, stderr: loud, exitCode: 0, wallTimeMs: 1, cached: false };
  const [large, small] = [file(Buffer.alloc(262_144, 0xff)), file('small')];
  const paths = ['a', 'b', 'c', '\u0001'.repeat(255)];
  const result = addArtifacts({ ...RESULT, stdout: loud, stderr: loud, compile }, paths, [
    large,
    large,
    small,
    small,
  ]);
  expect(result.artifacts?.map(({ error }) => error)).toEqual([undefined, 'too_large', undefined, undefined]);
  expect(jsonBytes(result)).toBeLessThan(LIMIT - 50_000);
});
