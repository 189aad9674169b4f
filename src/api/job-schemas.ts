// Bodies of answers about jobs: the seed's fields first and in its order, ours after them. The types and the OpenAPI
// document come from here.
import { z } from 'zod';
import { artifactSchema } from '../artifact.js';
import { failureReasonSchema, jobStatusSchema, outputVerdictSchema, runsStoppedSchema } from '../job.js';

const jobId = z
  .uuid()
  .meta({ description: "the job's id", examples: ['550e8400-e29b-41d4-a716-446655440000'] });
const language = z.string().meta({ description: 'id of the language', examples: ['python'] });
const time = (description: string) =>
  z.iso
    .datetime()
    .meta({ description: `${description}, RFC 3339 in UTC`, examples: ['2025-01-15T10:30:00.000Z'] });
const wholeNumber = z.number().int();
const durationMs = wholeNumber
  .nullable()
  .meta({ description: 'from started_at to completed_at, in milliseconds', examples: [1234] });

/** A line of GET /jobs. */
const jobSummarySchema = z
  .strictObject({
    job_id: jobId,
    language,
    status: jobStatusSchema,
    created_at: time('when the job was accepted'),
    completed_at: time('when the job ended').nullable(),
    execution_duration_ms: durationMs,
  })
  .meta({ id: 'JobSummary' });

export type JobSummary = z.infer<typeof jobSummarySchema>;

const compileSchema = z
  .strictObject({
    stdout: z.string(),
    stderr: z.string(),
    exit_code: wholeNumber.nullable().describe('null when a signal or the time limit ended it'),
    wall_time_ms: wholeNumber.min(0).describe('in milliseconds; of a cached one, of when it took place'),
    cached: z
      .boolean()
      .describe('true when it took place for an earlier job of yours with the same source, files and flags'),
  })
  .meta({ id: 'Compile', description: 'what came of the compile step, of languages that have one' });

const exitCode = wholeNumber.nullable().describe('null when a signal or a limit ended the program');
const signal = z
  .string()
  .nullable()
  .meta({ description: 'the signal that ended the program', examples: ['SIGSEGV'] });
const truncated = z.boolean().describe('true when output was cut');
const cpuTimeMs = wholeNumber.min(0).nullable().describe("of all the program's processes, in milliseconds");
const memoryBytes = wholeNumber.min(0).nullable().describe('memory at its highest, in bytes');
const verdict = outputVerdictSchema
  .nullable()
  .describe(
    'whether the program printed the expected output; null when nothing was expected or it did not complete',
  );

const runResultSchema = z
  .strictObject({
    status: jobStatusSchema.exclude(['queued', 'running']),
    reason: failureReasonSchema.nullable(),
    verdict,
    stdout: z.string().describe('at most 64 KiB, invalid UTF-8 replaced'),
    stderr: z.string().describe('at most 64 KiB, invalid UTF-8 replaced'),
    exit_code: exitCode,
    signal,
    truncated,
    wall_time_ms: wholeNumber.min(0).describe('in milliseconds'),
    cpu_time_ms: cpuTimeMs,
    memory_bytes: memoryBytes,
  })
  .meta({ id: 'RunResult', description: 'what came of one run of the program' });

/** Body of GET /jobs/:id, and of POST /lang for who asks for JSON. */
export const jobBodySchema = z
  .strictObject({
    job_id: jobId,
    language,
    status: jobStatusSchema,
    output: z
      .string()
      .nullable()
      .meta({
        description:
          'of a completed job standard output, or standard error if that is empty; of another what it had printed, or null',
        examples: ['Hello World\n'],
      }),
    error: z
      .string()
      .nullable()
      .describe(
        'null when completed; else a text about the limit, or standard error, or how the program ended',
      ),
    created_at: time('when the job was accepted'),
    started_at: time('when the program (or its compile step) started').nullable(),
    completed_at: time('when the job ended').nullable(),
    execution_duration_ms: durationMs,
    reason: failureReasonSchema.nullable(),
    stdout: z
      .string()
      .nullable()
      .describe('at most 64 KiB, invalid UTF-8 replaced; null until the job has ended'),
    stderr: z
      .string()
      .nullable()
      .describe('at most 64 KiB, invalid UTF-8 replaced; null until the job has ended'),
    exit_code: exitCode,
    signal,
    truncated,
    cpu_time_ms: cpuTimeMs,
    memory_bytes: memoryBytes,
    compile: compileSchema.optional(),
    attempt: wholeNumber.min(1).describe('more than 1 when a runner or its engine failed under the job'),
    queued_ms: wholeNumber.min(0).nullable().describe('from created_at to started_at, in milliseconds'),
    verdict,
    runs: z
      .array(runResultSchema)
      .optional()
      .describe(
        'of a job that asked for runs: those that took place. The fields above tell of the first that did not pass, or else of the last, with the CPU time of all and the memory of the largest',
      ),
    runs_stopped: runsStoppedSchema.nullable().optional(),
    artifacts: z.array(artifactSchema).optional().describe('of a job that asked for them, in that order'),
    labels: z
      .record(z.string(), z.string())
      .meta({ description: 'as they were given; none: {}', examples: [{ course: 'cs101' }] }),
  })
  .meta({ id: 'Job' });

export type JobBody = z.infer<typeof jobBodySchema>;

/** Answer of POST /jobs. */
export const acceptedJobSchema = z
  .strictObject({ job_id: jobId, status: z.literal('queued') })
  .meta({ id: 'AcceptedJob' });

export type AcceptedJob = z.infer<typeof acceptedJobSchema>;

/** Answer of GET /jobs. */
export const jobListSchema = z
  .strictObject({
    jobs: z.array(jobSummarySchema).describe('newest first'),
    pagination: z.strictObject({
      total: wholeNumber.min(0).describe('jobs that there are'),
      limit: wholeNumber.min(0).describe('the limit that was used, at most 100'),
      offset: wholeNumber.min(0),
    }),
  })
  .meta({ id: 'JobList' });

export type JobList = z.infer<typeof jobListSchema>;

/** Answer about a job that is unknown, expired, or another caller's. */
export const jobNotFoundSchema = z
  .strictObject({ error: z.literal('Job not found'), job_id: z.string().describe('the id as it was sent') })
  .meta({ id: 'JobNotFound' });

export type JobNotFound = z.infer<typeof jobNotFoundSchema>;
