import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** An id that a proxy or client may give a request, so that its logs and ours can be joined. */
const REQUEST_ID = /^[\w.-]{1,64}$/;

/**
 * Gives each request its id, and the log one line a request: id, method, path, status, time.
 * Never the query, which may hold a key, and never a body or header.
 */
export function logRequests(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: setRequestId,
    customLogLevel: (_request, { statusCode }) => (statusCode >= 500 ? 'warn' : 'debug'),
    serializers: {
      req: ({ id, method, url }) => ({ id, method, path: String(url).split('?', 1)[0] }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  });
}

function setRequestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}
