import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { type CodeRules, parseLanguage } from '../code-rules.js';
import { languageJobSchema } from '../job.js';
import { parseJob } from '../job-rules.js';
import { findLanguage } from '../languages.js';
import { shorten } from '../shorten.js';
import { bodyShareOf } from './body-budget.js';
import { HttpError } from './http-error.js';
import { readJob } from './parse-job-request.js';
import { parseSource } from './parse-source.js';
import { setProgram } from './program.js';

/** A body that is a job. Nothing sends it by itself: of any other type a body is source, as it always was. */
export const JOB_TYPE = 'application/vnd.braindrill.job+json';

/** Reads and checks the body of POST /lang/:language: source, or a job as POST /jobs takes it. */
export function parseRunRequest(rules: CodeRules): RequestHandler<{ language: string }> {
  const [readSource, readLanguageJob] = [parseSource(rules), parseLanguageJob(rules)];
  return (request, response, next) =>
    (isJob(request) ? readLanguageJob : readSource)(request, response, next);
}

function isJob({ headers }: IncomingMessage): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() === JOB_TYPE;
}

function parseLanguageJob(rules: CodeRules): RequestHandler<{ language: string }> {
  return async (request, response, next) => {
    const { language: name } = request.params;
    const { language: named, ...job } = await readJob(request, languageJobSchema, bodyShareOf(response));
    const language = parseLanguage(name, rules);
    if (named !== undefined && findLanguage(rules.languages, named) !== language)
      throw new HttpError(400, `language: ${shorten(named)} is not the path's, ${language.id}`);
    setProgram(response, { ...job, language: parseJob({ ...job, language: language.id }, rules) });
    next();
  };
}
