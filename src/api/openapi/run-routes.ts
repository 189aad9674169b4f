// POST /lang as the OpenAPI document describes it.
import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { languageJobSchema } from '../../job.js';
import { MEMORY_TEXT, OUTPUT_TEXT, TIMEOUT_TEXT } from '../job-body.js';
import { jobBodySchema } from '../job-schemas.js';
import { JOB_TYPE } from '../parse-run-request.js';
import { REFUSED_JOB, shared, text } from './answers.js';
import { headers, RATE_LIMIT_HEADERS } from './headers.js';

export const RUN_ROUTES: RouteConfig[] = [
  {
    method: 'post',
    path: '/lang/{language}',
    operationId: 'runLanguage',
    tags: ['run'],
    summary: 'Run a program and wait for its output',
    description:
      `The body is the source as UTF-8, whatever its Content-Type says, but for ${JOB_TYPE}: that is a job as POST /jobs ` +
      'takes it, whose language is the path’s. Hanging up cancels the program. ' +
      'With `Accept: application/json` the answer is the whole job.',
    request: {
      params: z.object({
        language: z
          .string()
          .min(1)
          .meta({ description: "a language's name or alias, in any case", example: 'python' }),
      }),
      body: {
        required: true,
        description: 'source code, at most 100 KB and 50,000 characters, or a job',
        content: {
          'text/plain': {
            schema: { type: 'string', minLength: 1, maxLength: 50_000 },
            examples: { hello: { summary: 'Python', value: "print('Hello World')" } },
          },
          [JOB_TYPE]: { schema: languageJobSchema },
        },
      },
    },
    responses: {
      200: {
        description: 'The program ran, and ended with any exit code or at a limit',
        headers: headers('X-Job-Id', ...RATE_LIMIT_HEADERS),
        content: {
          'text/plain': {
            schema: {
              type: 'string',
              description:
                'standard output, or standard error if that is empty, or which limit ended the program',
            },
            examples: {
              hello: { value: 'Hello World\n' },
              time: { value: TIMEOUT_TEXT },
              memory: { value: MEMORY_TEXT },
              output: { value: OUTPUT_TEXT },
            },
          },
          'application/json': { schema: jobBodySchema },
        },
      },
      400: text('The code is refused, or the job is not what is expected', {
        path: "language: ruby is not the path's, python",
        ...REFUSED_JOB,
      }),
      401: shared('Unauthorized'),
      405: shared('MethodNotAllowed'),
      413: shared('JobTooLarge'),
      415: shared('UnsupportedEncoding'),
      429: shared('TooManyRequests'),
      503: shared('RunUnavailable'),
    },
  },
];
