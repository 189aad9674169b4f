import type { RequestHandler } from 'express';
import { CodeRefused, type RefusalType } from '../code-rules.js';
import type { ApiMetrics } from '../metrics.js';
import { BodyCutOff } from './read-body.js';

/** Counts, by type, what a middleware that reads and checks a body refuses. */
export function countRefusals<P>(
  { validationErrors }: ApiMetrics,
  check: RequestHandler<P>,
): RequestHandler<P> {
  return async (request, response, next) => {
    try {
      await check(request, response, next);
    } catch (error) {
      const type = refusalType(error);
      if (type) validationErrors.inc({ error_type: type });
      throw error;
    }
  };
}

type ErrorType = RefusalType | 'body_too_large' | 'malformed_body';

function refusalType(error: unknown): ErrorType | undefined {
  if (error instanceof CodeRefused) return error.type;
  // Who went away while sending has sent nothing wrong.
  if (error instanceof BodyCutOff) return undefined;
  const { status = 500 } = error as { status?: number };
  if (status === 413) return 'body_too_large';
  return status < 500 ? 'malformed_body' : undefined;
}
