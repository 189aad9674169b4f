// From what the supervisor measured to what the caller is told. The only place that judges.
import { constants } from 'node:os';
import type { FailureReason, JobResult } from '../job.js';
import type { SupervisorResult } from './frames.js';

/** What the runner saw of one run: the supervisor's result and the output of both phases. */
export type RunReport = {
  supervisor: SupervisorResult;
  compile: { stdout: Buffer; stderr: Buffer } | null;
  run: { stdout: Buffer; stderr: Buffer };
  startedAt: Date;
  completedAt: Date;
};

/** Judges one run. `attempt` and `host` tell where it took place. */
export function toJobResult(report: RunReport, place: { attempt: number; host: string }): JobResult {
  const { supervisor, compile, run } = report;
  const compiling = supervisor.phase === 'compile';
  const { status, reason } = judge(supervisor);
  const output = compiling && compile ? compile : run;
  return {
    status,
    reason,
    stdout: compiling ? '' : run.stdout.toString('utf8'),
    stderr: output.stderr.toString('utf8'),
    exitCode: compiling ? null : supervisor.exit_code,
    signal: compiling || supervisor.signal === null ? null : signalName(supervisor.signal),
    truncated: supervisor.output_limit,
    cpuTimeMs: Math.round(supervisor.cpu_us / 1000),
    memoryBytes: supervisor.memory_bytes,
    compile: compile && {
      stdout: compile.stdout.toString('utf8'),
      stderr: compile.stderr.toString('utf8'),
      exitCode: compiling ? supervisor.exit_code : 0,
      wallTimeMs: Math.round((supervisor.compile_wall_us ?? supervisor.wall_us) / 1000),
    },
    ...place,
    startedAt: report.startedAt.toISOString(),
    completedAt: report.completedAt.toISOString(),
  };
}

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
