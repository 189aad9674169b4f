import type { RequestHandler } from 'express';
import type { JobClient, Members } from './job-client.js';

/** However often it is asked, Temporal is asked once in this time. */
const FRESH_MS = 1_000;

/** GET /ready: Temporal answers and a runner takes jobs. `stopping` tells that this process is about to end. */
export function getReady(jobs: JobClient, stopping: () => boolean): RequestHandler {
  let asked = { at: Number.NEGATIVE_INFINITY, members: Promise.resolve<Members>({ runners: 0, apis: 0 }) };

  return async (_request, response) => {
    if (Date.now() - asked.at > FRESH_MS) {
      asked = { at: Date.now(), members: jobs.members().catch(() => ({ runners: 0, apis: 0 })) };
    }
    const { runners, apis } = await asked.members;
    const ready = runners > 0 && !stopping();
    const text = `${ready ? 'ready' : 'not ready'} (${runners + apis} members)`;
    response
      .status(ready ? 200 : 503)
      .type('text/plain')
      .send(text);
  };
}
