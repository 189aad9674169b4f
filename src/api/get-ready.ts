import type { RequestHandler } from 'express';
import type { Member, Readiness } from './member-schemas.js';
import { sendJson } from './send-json.js';

/** GET /ready: Temporal answers and a runner takes jobs. `stopping` tells that this process is about to end. */
export function getReady(readMembers: () => Promise<Member[]>, stopping: () => boolean): RequestHandler {
  return async (request, response) => {
    const members = await readMembers().catch(() => []);
    const ready = members.some(({ languages }) => languages.length > 0) && !stopping();
    response.status(ready ? 200 : 503);
    if (request.accepts(['text/plain', 'application/json']) === 'application/json') {
      return sendJson(response, { ready, members } satisfies Readiness);
    }
    response.type('text/plain').send(`${ready ? 'ready' : 'not ready'} (${members.length} members)`);
  };
}
