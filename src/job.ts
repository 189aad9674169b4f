// What a job is: what callers submit, what the workflow is started with, what a finished job carries.
import { z } from 'zod';

/** Body of POST /jobs. */
export const jobRequestSchema = z
  .strictObject({
    code: z.string().meta({
      description: 'source code of the program, at most 100 KB and 50,000 characters',
      examples: ['print("Hello World")'],
    }),
    language: z
      .string()
      .meta({ description: "a language's name or alias, in any case", examples: ['python'] }),
    isolation: z.literal('container').optional().meta({
      description:
        "a container for this job alone, also where a caller's jobs share one, each in a cell of its own",
    }),
  })
  .meta({ id: 'JobRequest' });

export type JobRequest = z.infer<typeof jobRequestSchema>;

/** Whether somebody waits for the answer (POST /lang) or asks for it later (POST /jobs). */
export const jobKindSchema = z.enum(['sync', 'async']);

export type JobKind = z.infer<typeof jobKindSchema>;

/** Argument of the workflow; also what one gives to start a job with `temporal workflow start`. */
export const jobInputSchema = jobRequestSchema.extend({
  kind: jobKindSchema.default('async'),
});

export type JobInput = z.input<typeof jobInputSchema>;

/** A job that passed validation: the language is an id, the limits are known. */
export type ValidJob = {
  code: string;
  language: string;
  kind: JobKind;
  /** A container for this job alone. */
  isolation?: 'container' | undefined;
  /** How long one attempt may take in a runner, all waiting included, in milliseconds. */
  attemptTimeoutMs: number;
};

/** What the runner needs of a job. */
export type Program = Pick<ValidJob, 'code' | 'language' | 'isolation'> & {
  /** Whose job it is; null for one that came past the API: its container is for it alone. */
  owner: string | null;
};

export const jobStatusSchema = z
  .enum(['queued', 'running', 'completed', 'failed', 'timedout'])
  .describe(
    'queued: waits for a slot. running: the program runs. completed: exit code 0. timedout: over its time limit. failed: everything else, told apart by `reason`.',
  );

export type JobStatus = z.infer<typeof jobStatusSchema>;

export const failureReasonSchema = z
  .enum([
    'exit_code',
    'signal',
    'memory_limit',
    'output_limit',
    'compile_error',
    'platform',
    'cancelled',
    'no_capacity',
  ])
  .describe('why a job failed: the program (exit code, signal, a limit, its compile step) or the platform');

export type FailureReason = z.infer<typeof failureReasonSchema>;

/** Where and when an attempt's program started; told to the workflow when it runs for a while. */
export type Started = { host: string; slot: number; attempt: number; startedAt: string };

/** What came of a compile step. */
export type CompileResult = { stdout: string; stderr: string; exitCode: number | null; wallTimeMs: number };

/** What a finished job carries: result of the activity `runProgram` and of the workflow. */
export type JobResult = {
  status: Exclude<JobStatus, 'queued' | 'running'>;
  /** Null when completed or timed out. */
  reason: FailureReason | null;
  /** Standard output, invalid UTF-8 replaced; at most the output limit. */
  stdout: string;
  stderr: string;
  /** Null when a signal or a limit ended the program, or when it never ran. */
  exitCode: number | null;
  /** Name of the signal that ended the program, such as "SIGSEGV". */
  signal: string | null;
  /** True when output was cut. */
  truncated: boolean;
  /** CPU time of all its processes, in milliseconds. */
  cpuTimeMs: number | null;
  /** Highest memory use of the container, in bytes. */
  memoryBytes: number | null;
  /** Null for languages without a compile step. */
  compile: CompileResult | null;
  /** 1, or more when a runner or its Docker engine failed under the job. */
  attempt: number;
  /** The machine that ran it; null when it never ran. */
  host: string | null;
  /** When the program (or its compile step) started, RFC 3339 in UTC; null when it never ran. */
  startedAt: string | null;
  completedAt: string;
};

/** A job that has ended, whole. */
export type FinishedJob = {
  jobId: string;
  language: string;
  owner: string | null;
  createdAt: string;
  result: JobResult;
};

/** A job as callers see it. `result` is null until it has ended. */
export type Job = Omit<FinishedJob, 'result'> & {
  status: JobStatus;
  startedAt: string | null;
  attempt: number;
  result: JobResult | null;
};

/** From started_at to completed_at, in milliseconds. */
export function durationMs(result: JobResult): number | null {
  return result.startedAt === null ? null : Date.parse(result.completedAt) - Date.parse(result.startedAt);
}
