// How a job looks from outside: the seed's fields first and in its order, ours after them.
import {
  type CompileResult,
  decidingRun,
  durationMs,
  type Job,
  type JobResult,
  type TimedRunResult,
} from '../job.js';
import type { JobBody } from './job-schemas.js';

export const TIMEOUT_TEXT = 'The process was aborted because it exceeded the timeout';
export const MEMORY_TEXT = 'The process was aborted because it exceeded the memory usage';
export const OUTPUT_TEXT = 'the code is generating too large output, try reducing logs or printing';
export const PLATFORM_TEXT = 'something went wrong';

/** Body of GET /jobs/:id. */
export function toJobBody(job: Job): JobBody {
  const result = job.result && withOutput(job.result);
  return {
    ...toSeedFields({ ...job, result }),
    reason: result?.reason ?? null,
    stdout: result?.stdout ?? null,
    stderr: result?.stderr ?? null,
    exit_code: result?.exitCode ?? null,
    signal: result?.signal ?? null,
    truncated: result?.truncated ?? false,
    cpu_time_ms: result?.cpuTimeMs ?? null,
    memory_bytes: result?.memoryBytes ?? null,
    ...(result?.compile ? { compile: toCompileBody(result.compile) } : {}),
    attempt: job.attempt,
    queued_ms:
      job.startedAt === null ? null : Math.max(0, Date.parse(job.startedAt) - Date.parse(job.createdAt)),
    // Results of an older version lack what is new.
    verdict: result?.verdict ?? null,
    ...(result?.runs ? { runs: result.runs.map(toRunBody), runs_stopped: result.runsStopped } : {}),
    ...(result?.artifacts ? { artifacts: result.artifacts } : {}),
    labels: job.labels,
  };
}

/** Of several runs the deciding one's output is the job's, and is kept only there. */
function withOutput(result: JobResult): JobResult {
  const { stdout, stderr } = result.runs?.[decidingRun(result.runs)] ?? result;
  return { ...result, stdout, stderr };
}

function toRunBody(run: TimedRunResult): NonNullable<JobBody['runs']>[number] {
  return {
    status: run.status,
    reason: run.reason,
    verdict: run.verdict,
    stdout: run.stdout,
    stderr: run.stderr,
    exit_code: run.exitCode,
    signal: run.signal,
    truncated: run.truncated,
    wall_time_ms: run.wallTimeMs,
    cpu_time_ms: run.cpuTimeMs,
    memory_bytes: run.memoryBytes,
  };
}

/** Answer of POST /lang: what a terminal would have shown, or why there is nothing to show. */
export function toPlainText(result: JobResult): string {
  const { stdout, stderr } = withOutput(result);
  return limitText(result) ?? (stdout || stderr);
}

function toSeedFields({ jobId, language, status, createdAt, startedAt, result }: Job) {
  return {
    job_id: jobId,
    language,
    status,
    output: result && toOutput(result),
    error: result && toError(result),
    created_at: createdAt,
    started_at: startedAt,
    completed_at: result?.completedAt ?? null,
    execution_duration_ms: result && durationMs(result),
  };
}

function toOutput({ status, stdout, stderr }: JobResult): string | null {
  return status === 'completed' ? stdout || stderr : stdout || null;
}

function toError(result: JobResult): string | null {
  if (result.status === 'completed') return null;
  return limitText(result) ?? (result.stderr || toEnding(result));
}

function toEnding({ exitCode, signal }: JobResult): string {
  return signal === null
    ? `Process exited with code ${exitCode}`
    : `Process was terminated by signal ${signal}`;
}

/** Why the engine, not the program, made an end. */
function limitText({ status, reason }: JobResult): string | undefined {
  if (status === 'timedout') return TIMEOUT_TEXT;
  if (reason === 'memory_limit') return MEMORY_TEXT;
  if (reason === 'output_limit') return OUTPUT_TEXT;
  if (reason === 'platform' || reason === 'no_capacity') return PLATFORM_TEXT;
  if (reason === 'cancelled') return 'The job was cancelled';
  return undefined;
}

function toCompileBody({ stdout, stderr, exitCode, wallTimeMs, cached }: CompileResult) {
  return { stdout, stderr, exit_code: exitCode, wall_time_ms: wallTimeMs, cached: cached ?? false };
}
