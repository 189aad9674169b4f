// What the service says of itself, as the OpenAPI document describes it.
import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { languageListSchema } from '../language-schemas.js';
import { readinessSchema } from '../member-schemas.js';
import { json, shared, text, textOrJson } from './answers.js';
import { headers } from './headers.js';

export const OPERATION_ROUTES: RouteConfig[] = [
  {
    ...open('/health', 'getHealth', 'Whether this process answers'),
    responses: { 200: text('It does', { healthy: 'healthy' }), 405: shared('MethodNotAllowed') },
  },
  {
    ...open('/ready', 'getReady', 'Whether Temporal answers and a runner takes jobs'),
    description:
      'Members are the runners and API processes that Temporal has heard of in the last seconds. Plain text unless JSON is asked for.',
    responses: {
      200: textOrJson(readinessSchema, 'Jobs can be run', { ready: 'ready (2 members)' }),
      405: shared('MethodNotAllowed'),
      503: textOrJson(
        readinessSchema,
        'Temporal is away, no runner takes jobs, or this process is about to end',
        { away: 'not ready (0 members)' },
      ),
    },
  },
  {
    ...open('/languages', 'getLanguages', 'The languages that there are, and those that could be had'),
    responses: {
      200: json(languageListSchema, 'Languages'),
      405: shared('MethodNotAllowed'),
      503: shared('Unavailable'),
    },
  },
  {
    ...open('/metrics', 'getMetrics', 'Metrics for Prometheus'),
    responses: {
      200: text('Metrics in the text format of Prometheus', {
        some: '# HELP braindrill_jobs_submitted_total Total number of jobs submitted\n# TYPE braindrill_jobs_submitted_total counter\nbraindrill_jobs_submitted_total{language="python"} 1\n',
      }),
      405: shared('MethodNotAllowed'),
    },
  },
  {
    ...open('/openapi.json', 'getOpenApi', 'This document'),
    responses: {
      200: json(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1'),
      405: shared('MethodNotAllowed'),
    },
  },
  {
    ...open('/docs', 'getDocs', 'This document as a page, to read and to try'),
    responses: {
      200: {
        description: 'A page that loads nothing from elsewhere',
        headers: headers(),
        content: { 'text/html': { schema: { type: 'string' } } },
      },
      405: shared('MethodNotAllowed'),
    },
  },
  {
    ...open('/docs/{file}', 'getDocsFile', 'The files that the page is made of'),
    request: { params: z.object({ file: z.string().min(1).meta({ example: 'start.js' }) }) },
    responses: {
      200: {
        description: 'A file of the page',
        headers: headers(),
        content: {
          'text/javascript': { schema: { type: 'string' } },
          'text/css': { schema: { type: 'string' } },
          'image/png': { schema: { type: 'string' } },
        },
      },
      404: text('No such file', { path: 'The requested resource could not be found.' }),
      405: shared('MethodNotAllowed'),
    },
  },
];

/** A route that needs no key. */
function open(path: string, operationId: string, summary: string) {
  return { method: 'get' as const, path, operationId, summary, tags: ['operation'], security: [] };
}
