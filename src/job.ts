// What a job is: what callers submit, what the workflow is started with, what a finished job carries.
import { z } from 'zod';
import type { Artifact } from './artifact.js';
import {
  filePath,
  fileSchema,
  flag,
  type Labels,
  labelsSchema,
  MAX_WORDS,
  text,
  word,
} from './job-fields.js';
import { OUTPUT_BYTES } from './languages.js';

const MAX_RUNS = 500;

/** A container cannot be made with less. */
const LEAST_MEMORY_BYTES = 6 * 1024 * 1024;

const runSchema = z
  .strictObject({
    stdin: text.optional().meta({ description: "the program's standard input", examples: ['3 4\n'] }),
    args: z
      .array(word)
      .max(MAX_WORDS)
      .optional()
      .meta({ description: "the program's arguments", examples: [['--verbose']] }),
    expected_output: text.optional().meta({
      description:
        'what the program is to print on standard output; white space at the end of a line or of the output is not compared',
      examples: ['7\n'],
    }),
  })
  .meta({ id: 'Run' });

/** What one run of a program is given. */
export type RunInput = z.infer<typeof runSchema>;

const MAX_FILES = 100;
const MAX_FLAGS = 32;
const MAX_ARTIFACTS = 16;

const requestFields = z.strictObject({
  code: z
    .string()
    .optional()
    .meta({
      description:
        'source code of the program, at most 100 KB and 50,000 characters; needed where no entrypoint is given',
      examples: ['print("Hello World")'],
    }),
  language: z.string().meta({ description: "a language's name or alias, in any case", examples: ['python'] }),
  ...runSchema.shape,
  files: z
    .array(fileSchema)
    .max(MAX_FILES)
    .optional()
    .describe("files beside the code, which itself is a file of the job's folder: main.py, Main.java, …"),
  entrypoint: filePath
    .regex(/^[\p{L}\p{N}_.]/u, 'must begin with a letter, a digit, _ or .')
    .optional()
    .describe(
      "path of one of the files, to be compiled and run instead of the language's own; code, if there is any, is a file beside it then",
    ),
  compile_flags: z
    .array(flag)
    .max(MAX_FLAGS)
    .optional()
    .describe('words more for the compiler, of languages with that step, such as -DLEVEL=3'),
  manifest: filePath.optional().meta({
    description:
      'path of that one of `files` which names the packages that the program needs, such as requirements.txt or package.json; where the service has that switched on',
  }),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a name of letters, digits and _'), word)
    .refine((env) => Object.keys(env).length <= MAX_WORDS, `must have at most ${MAX_WORDS} variables`)
    .optional()
    .meta({ description: 'environment variables of the program', examples: [{ LEVEL: '3' }] }),
  time_limit_ms: z
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: "wall-clock time of a run, at most the language's own limit", examples: [2000] }),
  memory_bytes: z
    .number()
    .int()
    .min(LEAST_MEMORY_BYTES)
    .optional()
    .describe(
      "memory of the program and its files, at most the language's own limit; the job has a container of its own then, as with isolation",
    ),
  output_bytes: z
    .number()
    .int()
    .min(1)
    .max(OUTPUT_BYTES)
    .optional()
    .describe('standard output and standard error of a run may each have so many bytes'),
  runs: z
    .array(runSchema)
    .min(1)
    .max(MAX_RUNS)
    .optional()
    .describe(
      'runs the program once for each, one after the other, with its own standard input, arguments and expected output; it is compiled once',
    ),
  stop_at_first_failure: z
    .boolean()
    .optional()
    .describe('ends the job at the first of its runs that does not complete or prints something else'),
  artifacts: z
    .array(filePath)
    .max(MAX_ARTIFACTS)
    .optional()
    .meta({
      description:
        "paths, relative to the job's folder, of files that are given back as the program has left them",
      examples: [['out/plot.svg']],
    }),
  isolation: z.literal('container').optional().meta({
    description:
      "a container for this job alone, also where a caller's jobs share one, each in a cell of its own",
  }),
  labels: labelsSchema.optional().meta({
    description:
      'at most 16 names of up to 63 letters, digits, _, . and -, with texts of up to 255 bytes: told back, and to find jobs by',
    examples: [{ course: 'cs101', student: 'ada' }],
  }),
});

const hasProgram = (request?: { code?: unknown; entrypoint?: unknown } | null) =>
  request?.code !== undefined || request?.entrypoint !== undefined;
/** Whatever else is wrong. */
const HAS_PROGRAM = { path: ['code'], error: 'code or entrypoint is needed', when: () => true };

const runsAlone = (request: { runs?: unknown } & RunInput) =>
  request.runs === undefined ||
  (request.stdin === undefined && request.args === undefined && request.expected_output === undefined);
const RUNS_ALONE = {
  path: ['runs'],
  error: 'each run has stdin, args and expected_output of its own: give none beside them',
};

const withoutRuns = (request: { runs?: unknown; artifacts?: unknown }) =>
  request.runs === undefined || request.artifacts === undefined;
const WITHOUT_RUNS = { path: ['artifacts'], error: 'not together with runs' };

/** Body of POST /jobs. */
export const jobRequestSchema = requestFields
  .refine(hasProgram, HAS_PROGRAM)
  .refine(runsAlone, RUNS_ALONE)
  .refine(withoutRuns, WITHOUT_RUNS)
  .meta({ id: 'JobRequest' });

export type JobRequest = z.infer<typeof jobRequestSchema>;

/** The same as body of POST /lang: the path has its language. */
export const languageJobSchema = requestFields
  .partial({ language: true })
  .refine(hasProgram, HAS_PROGRAM)
  .refine(runsAlone, RUNS_ALONE)
  .refine(withoutRuns, WITHOUT_RUNS)
  .meta({ id: 'LanguageJobRequest' });

/** Whether somebody waits for the answer (POST /lang) or asks for it later (POST /jobs). */
export const jobKindSchema = z.enum(['sync', 'async']);

export type JobKind = z.infer<typeof jobKindSchema>;

/** Argument of the workflow; also what one gives to start a job with `temporal workflow start`. */
export const jobInputSchema = requestFields
  .extend({ kind: jobKindSchema.default('async') })
  .refine(hasProgram, HAS_PROGRAM)
  .refine(runsAlone, RUNS_ALONE)
  .refine(withoutRuns, WITHOUT_RUNS);

export type JobInput = z.input<typeof jobInputSchema>;

/** What validation found out about a job. */
export type ValidJob = {
  /** Id of its language. */
  language: string;
  kind: JobKind;
  /** None where the job has none. */
  labels?: Labels;
  /** Whether it brings dependencies along. */
  manifest?: true;
  /** How long one attempt may take in a runner, all waiting included, in milliseconds. */
  attemptTimeoutMs: number;
};

/** What the runner needs of a job; the language is an id. */
export type Program = Omit<JobRequest, 'labels'> & {
  /** Whose job it is; null for one that came past the API: its container is for it alone. */
  owner: string | null;
};

/** The runs that a job asks for, one if it does not say. */
export function runsOf({ runs, stdin, args, expected_output }: Omit<JobRequest, 'language'>): RunInput[] {
  return runs ?? [{ stdin, args, expected_output }];
}

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
    'dependencies',
  ])
  .describe(
    'why a job failed: the program (exit code, signal, a limit, its compile step), packages that it asks for and that cannot be had, or the platform',
  );

export type FailureReason = z.infer<typeof failureReasonSchema>;

/** Where and when an attempt's program started; told to the workflow when it runs for a while. */
export type Started = { host: string; slot: number; attempt: number; startedAt: string };

/** What came of a compile step. */
export type CompileResult = {
  stdout: string;
  stderr: string;
  exitCode: number | null;
  wallTimeMs: number;
  /** It took place for an earlier job of the caller, which this one begins where it left off. */
  cached: boolean;
};

export const outputVerdictSchema = z
  .enum(['accepted', 'wrong_answer'])
  .describe('whether the program printed the expected output');

export type OutputVerdict = z.infer<typeof outputVerdictSchema>;

export const runsStoppedSchema = z
  .enum(['first_failure', 'time_limit'])
  .describe('why not all runs took place: one failed and that was to end the job, or their time was up');

/** What came of one run of a program. */
export type RunResult = {
  status: Exclude<JobStatus, 'queued' | 'running'>;
  /** Null when completed or timed out. */
  reason: FailureReason | null;
  /** Null when nothing was expected, or the run did not complete. */
  verdict: OutputVerdict | null;
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
};

/** One of the runs that a job asked for. */
export type TimedRunResult = RunResult & { wallTimeMs: number };

export const hasPassed = ({ status, verdict }: RunResult) =>
  status === 'completed' && verdict !== 'wrong_answer';

/** Which of several runs speaks for the job: the first that did not pass, or the last. */
export function decidingRun(runs: readonly RunResult[]): number {
  const failed = runs.findIndex((run) => !hasPassed(run));
  return failed < 0 ? runs.length - 1 : failed;
}

/**
 * What a finished job carries: result of the activity `runProgram` and of the workflow. Of several runs it is that of the
 * deciding one, without its output, and with the CPU time of all and the memory of the largest.
 */
export type JobResult = RunResult & {
  /** Null unless the job asked for runs. */
  runs: TimedRunResult[] | null;
  /** Null when all of them took place. */
  runsStopped: z.infer<typeof runsStoppedSchema> | null;
  /** Null for languages without a compile step. */
  compile: CompileResult | null;
  /** Those that the job asked for, in that order; null if it did not, or never ran. */
  artifacts: Artifact[] | null;
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
  labels: Labels;
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
