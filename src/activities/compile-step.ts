// One run's compile step and the cache: what is there already, and what of it is kept.
import { ApplicationFailure } from '@temporalio/activity';
import type { Attempt, RunnerHost } from './attempt.js';
import { type Compiled, compileKey } from './compile-cache.js';
import type { RunLimits } from './run-budget.js';
import { SupervisorFault } from './run-recorder.js';
import type { RunReport } from './verdict.js';

export type CompileStep = {
  /** What it has made once; undefined: it takes place, and what it makes is to be told. */
  found: Compiled | undefined;
  /** Keeps what it made, and answers with the report as of a job that was compiled. */
  finish(report: RunReport): RunReport;
  /** There was no report; answers with what is to be told of that. */
  fail(error: unknown): unknown;
};

/** Undefined where there is none, or none that the cache is for. */
export function createCompileStep(
  host: Pick<RunnerHost, 'compileCache' | 'images' | 'metrics'>,
  attempt: Attempt,
  { outputBytes }: Pick<RunLimits, 'outputBytes'>,
): CompileStep | undefined {
  const { compileCache: cache, images, metrics } = host;
  const { language } = attempt;
  const key = compileKey(attempt, images.get(language.id) ?? language.id);
  if (cache === undefined || key === undefined) return undefined;
  const found = within(outputBytes, cache.find(key));

  return {
    found,
    finish({ made, ...report }) {
      metrics.compileCache.inc({ language: language.id, result: found ? 'hit' : 'miss' });
      if (found) {
        const { stdout, stderr, wallUs } = found;
        return { ...report, compile: { stdout, stderr, cachedWallUs: wallUs } };
      }
      const { compile, supervisor } = report;
      if (made && compile && supervisor.compile_wall_us !== null) {
        // Of their own: what was recorded may be a small part of a large buffer.
        const [stdout, stderr] = [Buffer.from(compile.stdout), Buffer.from(compile.stderr)];
        cache.keep(key, { frames: made, stdout, stderr, wallUs: supervisor.compile_wall_us });
      }
      return report;
    },
    fail(error) {
      if (!found || !(error instanceof SupervisorFault)) return error;
      // Its supervisor cannot take it: the next attempt compiles.
      cache.drop(key);
      return ApplicationFailure.create({ type: 'CompiledRefused', message: error.message });
    },
  };
}

/** A compiler that says more than a job lets it fails that job. */
function within(outputBytes: number, compiled: Compiled | undefined): Compiled | undefined {
  if (compiled === undefined) return undefined;
  return Math.max(compiled.stdout.length, compiled.stderr.length) <= outputBytes ? compiled : undefined;
}
