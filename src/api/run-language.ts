import type { RequestHandler } from 'express';
import { type CodeRules, parseCode } from '../code-rules.js';
import { callerOf } from './authenticate.js';
import { unavailable } from './http-error.js';
import { toJobBody, toPlainText } from './job-body.js';
import type { JobClient } from './job-client.js';
import { sendJson } from './send-json.js';

/** POST /lang/:language: runs the body and answers with its output. A caller who goes away cancels the job. */
export function runLanguage(jobs: JobClient, rules: CodeRules): RequestHandler<{ language: string }> {
  return async (request, response) => {
    const code: string = request.body;
    const language = parseCode(code, request.params.language, rules);
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const job = await jobs.run(
      { code, language, kind: 'sync', owner: callerOf(response).owner },
      gone.signal,
    );
    response.set('X-Job-Id', job.jobId);
    if (request.accepts(['text/plain', 'application/json']) === 'application/json')
      return sendJson(response, toJobBody(job));
    const { result } = job;
    if (!result || result.reason === 'platform' || result.reason === 'no_capacity')
      throw unavailable(undefined);
    response.type('text/plain').send(toPlainText(result));
  };
}
