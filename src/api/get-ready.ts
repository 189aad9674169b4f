import type { RequestHandler } from 'express';
import type { Member, Readiness } from './member-schemas.js';
import { sendJson } from './send-json.js';

/** However often it is asked, Temporal is asked once in this time. */
const FRESH_MS = 1_000;

/** GET /ready: Temporal answers and a runner takes jobs. `stopping` tells that this process is about to end. */
export function getReady(readMembers: () => Promise<Member[]>, stopping: () => boolean): RequestHandler {
  let asked = { at: Number.NEGATIVE_INFINITY, members: Promise.resolve<Member[]>([]) };

  return async (request, response) => {
    if (Date.now() - asked.at > FRESH_MS) {
      asked = { at: Date.now(), members: readMembers().catch(() => []) };
    }
    const members = await asked.members;
    const ready = members.some(({ languages }) => languages.length > 0) && !stopping();
    response.status(ready ? 200 : 503);
    if (request.accepts(['text/plain', 'application/json']) === 'application/json') {
      return sendJson(response, { ready, members } satisfies Readiness);
    }
    response.type('text/plain').send(`${ready ? 'ready' : 'not ready'} (${members.length} members)`);
  };
}
