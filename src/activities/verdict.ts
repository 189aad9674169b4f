// From what the supervisor measured to what the caller is told. The only place that judges.
import { constants } from 'node:os';
import {
  type CompileResult,
  decidingRun,
  type FailureReason,
  hasPassed,
  type JobRequest,
  type JobResult,
  type OutputVerdict,
  type RunInput,
  runsOf,
  type TimedRunResult,
} from '../job.js';
import type { FoundArtifact } from './artifact-recorder.js';
import { addArtifacts } from './artifacts.js';
import type { SupervisorResult } from './frames.js';

type CompileOutput = {
  stdout: Buffer;
  stderr: Buffer;
  /** How long it took, where another job had it. */
  cachedWallUs?: number;
};

/** What the runner saw of one run: the supervisor's result and the output of both phases. */
export type RunReport = {
  supervisor: SupervisorResult;
  compile: CompileOutput | null;
  run: { stdout: Buffer; stderr: Buffer };
  /** As many as were wanted. */
  artifacts: FoundArtifact[];
  /** What its compile step has made, where that was asked for and can be told. */
  made?: readonly Buffer[] | undefined;
  startedAt: Date;
  completedAt: Date;
};

/** Of a job's runs, those that took place. Only the last can be one that did not compile. */
export type RunReports = [RunReport, ...RunReport[]];

/** Judges a job. `place` tells where it took place. */
export function toJobResult(
  reports: RunReports,
  request: Omit<JobRequest, 'language'>,
  place: { attempt: number; host: string },
): JobResult {
  const inputs = runsOf(request);
  const results = reports.map((report, index) => judgeRun(report, inputs[index]?.expected_output));
  const runs = results.filter((_, index) => !isCompileError(reports[index] as RunReport));
  const deciding = results[decidingRun(results)] as TimedRunResult;
  const { wallTimeMs: _, ...decided } = deciding;
  const several = request.runs !== undefined && runs.length > 0;
  const result: Omit<JobResult, 'artifacts'> = {
    ...decided,
    // Once is enough: a result must not be larger than Temporal takes.
    ...(several ? { stdout: '', stderr: '' } : {}),
    verdict: toJobVerdict(results),
    cpuTimeMs: results.reduce((sum, { cpuTimeMs }) => sum + (cpuTimeMs ?? 0), 0),
    memoryBytes: Math.max(...results.map(({ memoryBytes }) => memoryBytes ?? 0)),
    runs: request.runs === undefined ? null : runs,
    runsStopped:
      runs.length < inputs.length && runs.length === results.length ? whyStopped(deciding, request) : null,
    compile: toCompileResult(reports[0]),
    ...place,
    startedAt: reports[0].startedAt.toISOString(),
    completedAt: (reports.at(-1) as RunReport).completedAt.toISOString(),
  };
  return addArtifacts(result, request.artifacts, reports[0].artifacts);
}

/** Whether a run that is followed by others is not to be followed by any. */
export function endsJob(
  report: RunReport,
  { expected_output }: RunInput,
  stopAtFirstFailure: boolean,
): boolean {
  return isCompileError(report) || (stopAtFirstFailure && !hasPassed(judgeRun(report, expected_output)));
}

function judgeRun({ supervisor, compile, run }: RunReport, expected: string | undefined): TimedRunResult {
  const compiling = supervisor.phase === 'compile';
  const { status, reason } = judge(supervisor);
  const output = compiling && compile ? compile : run;
  const stdout = compiling ? '' : run.stdout.toString('utf8');
  return {
    status,
    reason,
    verdict: expected === undefined || status !== 'completed' ? null : compareOutput(stdout, expected),
    stdout,
    stderr: output.stderr.toString('utf8'),
    exitCode: compiling ? null : supervisor.exit_code,
    signal: compiling || supervisor.signal === null ? null : signalName(supervisor.signal),
    truncated: supervisor.output_limit,
    wallTimeMs: Math.round(supervisor.wall_us / 1000),
    cpuTimeMs: Math.round(supervisor.cpu_us / 1000),
    memoryBytes: supervisor.memory_bytes,
  };
}

function toCompileResult({ supervisor, compile }: RunReport): CompileResult | null {
  return (
    compile && {
      stdout: compile.stdout.toString('utf8'),
      stderr: compile.stderr.toString('utf8'),
      exitCode: supervisor.phase === 'compile' ? supervisor.exit_code : 0,
      wallTimeMs: Math.round(
        (compile.cachedWallUs ?? supervisor.compile_wall_us ?? supervisor.wall_us) / 1000,
      ),
      cached: compile.cachedWallUs !== undefined,
    }
  );
}

const isCompileError = ({ supervisor }: RunReport) => supervisor.phase === 'compile';

function toJobVerdict(results: readonly TimedRunResult[]): OutputVerdict | null {
  if (results.some(({ verdict }) => verdict === 'wrong_answer')) return 'wrong_answer';
  return results.every(({ verdict }) => verdict === 'accepted') ? 'accepted' : null;
}

function whyStopped(deciding: TimedRunResult, { stop_at_first_failure }: Omit<JobRequest, 'language'>) {
  return stop_at_first_failure && !hasPassed(deciding) ? 'first_failure' : 'time_limit';
}

/** White space at the end of a line, and of the whole, is not compared. */
function compareOutput(output: string, expected: string): OutputVerdict {
  return withoutTrailingSpace(output) === withoutTrailingSpace(expected) ? 'accepted' : 'wrong_answer';
}

const withoutTrailingSpace = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();

function judge(result: SupervisorResult): { status: JobResult['status']; reason: FailureReason | null } {
  const failed = (reason: FailureReason) => ({ status: 'failed' as const, reason });
  if (result.output_limit) return failed('output_limit');
  if (result.timed_out && result.phase === 'run') return { status: 'timedout', reason: null };
  if (result.phase === 'compile') return failed('compile_error');
  if (result.exit_code === 0) return { status: 'completed', reason: null };
  // The kernel killed a process for memory AND the main one failed: a program may survive the loss of a child.
  if (result.oom_kills > 0) return failed('memory_limit');
  return failed(result.signal === null ? 'exit_code' : 'signal');
}

// Reversed, so that of two names of one number the usual one, which Node lists first, stays: SIGABRT, not SIGIOT.
const SIGNAL_NAMES = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** "SIGSEGV" of 11; real-time signals have no names of their own. */
export function signalName(number: number): string {
  return SIGNAL_NAMES.get(number) ?? `SIG${number}`;
}
