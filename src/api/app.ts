// The API's table of contents: middleware in order, one line a route.
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { CodeRules } from '../code-rules.js';
import type { ApiMetrics } from '../metrics.js';
import { allowOrigins } from './allow-origins.js';
import type { ApiKeys } from './api-keys.js';
import { authenticate } from './authenticate.js';
import { holdBodies } from './body-budget.js';
import { countRefusals } from './count-refusals.js';
import { getDocs, getDocsFile } from './get-docs.js';
import { getHealth } from './get-health.js';
import { getJob } from './get-job.js';
import { getLanguages } from './get-languages.js';
import { getMetrics } from './get-metrics.js';
import { getOpenApi } from './get-openapi.js';
import { getReady } from './get-ready.js';
import { HttpError, sendErrors } from './http-error.js';
import type { JobClient } from './job-client.js';
import type { KnownLanguage } from './language-schemas.js';
import { limitOpenRequests } from './limit-open-requests.js';
import { giveBackNotTaken, limitRate, type RateLimitOptions } from './limit-rate.js';
import { listJobs } from './list-jobs.js';
import { logRequests } from './log-requests.js';
import type { Member } from './member-schemas.js';
import { parseJobRequest } from './parse-job-request.js';
import { parseRunRequest } from './parse-run-request.js';
import { runLanguage } from './run-language.js';
import { submitJob } from './submit-job.js';

export type AppOptions = {
  keys: ApiKeys;
  jobs: JobClient;
  /** The processes that live. */
  readMembers: () => Promise<Member[]>;
  readLanguages: () => Promise<KnownLanguage[]>;
  rules: CodeRules;
  rateLimit: RateLimitOptions;
  /** Requests of one caller that are not answered yet. */
  maxOpenRequests: number;
  /** Of large request bodies that are held at once. */
  maxBodyBytes: number;
  /** Of the web pages that may read the answers. */
  origins: readonly string[];
  metrics: ApiMetrics;
  log: Logger;
  /** True once this process is about to end: load balancers are to look elsewhere. */
  stopping: () => boolean;
};

export function createApp(options: AppOptions): Express {
  const { keys, jobs, readMembers, readLanguages, rules, rateLimit, maxOpenRequests, maxBodyBytes } = options;
  const { origins, metrics, log, stopping } = options;
  const app = express().disable('x-powered-by').set('case sensitive routing', true);
  const known = [authenticate(keys, origins, metrics), limitOpenRequests(maxOpenRequests)];
  const mayHaveBody = [...known, holdBodies(maxBodyBytes)];
  const checkRunRequest = countRefusals(metrics, parseRunRequest(rules));
  const checkJobRequest = countRefusals(metrics, parseJobRequest(rules));
  const limit = limitRate(rateLimit);
  app.use(logRequests(log));
  app.use((_request, response, next) => {
    // Programs print what they like: no browser is to take it for anything but what the type says.
    response.set('X-Content-Type-Options', 'nosniff');
    next();
  });
  if (origins.length > 0) app.use(allowOrigins(origins));

  app.route('/health').get(getHealth).all(allow('GET'));
  app.route('/ready').get(getReady(readMembers, stopping)).all(allow('GET'));
  app.route('/languages').get(getLanguages(readLanguages)).all(allow('GET'));
  app.route('/metrics').get(getMetrics(metrics)).all(allow('GET'));
  app.route('/openapi.json').get(getOpenApi).all(allow('GET'));
  app.route('/docs').get(getDocs).all(allow('GET'));
  app.route('/docs/:file').get(getDocsFile).all(allow('GET'));
  app
    .route('/lang/:language')
    .post(mayHaveBody, checkRunRequest, limit, runLanguage(jobs))
    .all(allow('POST'));
  app
    .route('/jobs')
    .post(mayHaveBody, checkJobRequest, limit, submitJob(jobs))
    .get(known, listJobs(jobs, rules))
    .all(allow('GET, POST'));
  app.route('/jobs/:id').get(known, getJob(jobs)).all(allow('GET'));

  app.use(() => {
    throw new HttpError(404, 'The requested resource could not be found.');
  });
  app.use(giveBackNotTaken);
  app.use(sendErrors(log));
  return app;
}

function allow(methods: string): RequestHandler {
  return () => {
    throw new HttpError(405, `HTTP method not allowed, supported methods: ${methods}`, { Allow: methods });
  };
}
