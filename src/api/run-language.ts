import type { RequestHandler } from 'express';
import { callerOf } from './authenticate.js';
import { bodyShareOf } from './body-budget.js';
import { unavailable } from './http-error.js';
import { toJobBody, toPlainText } from './job-body.js';
import type { JobClient } from './job-client.js';
import { takeProgram } from './program.js';
import { sendJson } from './send-json.js';

/** POST /lang/:language: runs the program and answers with its output. A caller who goes away cancels the job. */
export function runLanguage(jobs: JobClient): RequestHandler<{ language: string }> {
  return async (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const caller = callerOf(response);
    const job = await jobs.run({ ...takeProgram(response), kind: 'sync', caller }, gone.signal, () =>
      bodyShareOf(response).release(),
    );
    response.set('X-Job-Id', job.jobId);
    if (request.accepts(['text/plain', 'application/json']) === 'application/json') {
      return sendJson(response, toJobBody(job));
    }
    const { result } = job;
    if (!result || result.reason === 'platform' || result.reason === 'no_capacity')
      throw unavailable(undefined);
    response.type('text/plain').send(toPlainText(result));
  };
}
