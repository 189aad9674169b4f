// The routes of jobs as the OpenAPI document describes them.
import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { jobRequestSchema, jobStatusSchema } from '../../job.js';
import { MAX_LABELS } from '../../job-fields.js';
import { acceptedJobSchema, jobBodySchema, jobListSchema, jobNotFoundSchema } from '../job-schemas.js';
import { json, REFUSED_JOB, shared, text } from './answers.js';
import { headers, RATE_LIMIT_HEADERS } from './headers.js';

const LIST_PARAMETER = z.number().int().min(0).max(999_999_999);

export const JOB_ROUTES: RouteConfig[] = [
  {
    method: 'post',
    path: '/jobs',
    operationId: 'submitJob',
    tags: ['jobs'],
    summary: 'Submit a job',
    description: 'Once this answers, the job ends in a result whatever fails.',
    request: { body: { required: true, content: { 'application/json': { schema: jobRequestSchema } } } },
    responses: {
      200: {
        ...json(
          acceptedJobSchema,
          'The job is accepted',
          headers('Location', 'X-Job-Id', ...RATE_LIMIT_HEADERS),
        ),
        links: {
          job: {
            operationId: 'getJob',
            parameters: { id: '$response.body#/job_id' },
            description: 'the job',
          },
        },
      },
      400: text('The body is not what is expected, or the code is refused', REFUSED_JOB),
      401: shared('Unauthorized'),
      405: shared('MethodNotAllowed'),
      413: shared('JobTooLarge'),
      415: shared('UnsupportedEncoding'),
      429: shared('TooManyRequests'),
      503: shared('RunUnavailable'),
    },
  },
  {
    method: 'get',
    path: '/jobs',
    operationId: 'listJobs',
    tags: ['jobs'],
    summary: "List the caller's jobs, newest first",
    request: {
      query: z.object({
        limit: LIST_PARAMETER.default(20).describe('how many; more than 100 is 100'),
        offset: LIST_PARAMETER.default(0).describe('how many of the newest to leave out'),
        status: jobStatusSchema.optional().meta({ description: 'only jobs of this status' }),
        language: z
          .string()
          .optional()
          .describe('only jobs in this language: its name or an alias, in any case'),
        label: z
          .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}=/))
          .max(MAX_LABELS)
          .optional()
          .meta({
            description: 'only jobs with this label, as name=value; of several a job must have all',
            example: ['course=cs101'],
          }),
      }),
    },
    responses: {
      200: json(jobListSchema, 'Jobs that wait or run, and those that ended in the last hour'),
      400: text('A parameter is malformed', {
        limit: 'The query parameter \'limit\' was malformed: "many" is not a whole number of 0 or more',
        status:
          'The query parameter \'status\' was malformed: "done" is none of queued, running, completed, failed, timedout',
      }),
      401: shared('Unauthorized'),
      429: shared('TooManyRequests'),
      405: shared('MethodNotAllowed'),
      503: shared('Unavailable'),
    },
  },
  {
    method: 'get',
    path: '/jobs/{id}',
    operationId: 'getJob',
    tags: ['jobs'],
    summary: 'Read a job',
    description: 'A finished job can be read for one hour, where the operator set nothing else.',
    request: {
      params: z.object({
        id: z
          .string()
          .min(1)
          .meta({ description: "the job's id", example: '550e8400-e29b-41d4-a716-446655440000' }),
      }),
    },
    responses: {
      200: json(jobBodySchema, 'The job'),
      401: shared('Unauthorized'),
      429: shared('TooManyRequests'),
      404: json(jobNotFoundSchema, 'Unknown, expired, or another caller’s'),
      405: shared('MethodNotAllowed'),
      503: shared('Unavailable'),
    },
  },
];
