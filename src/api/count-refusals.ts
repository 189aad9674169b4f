import type { RequestHandler } from 'express';
import { CodeRefused, type RefusalType } from '../code-rules.js';
import type { ApiMetrics } from '../metrics.js';

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
  const { status = 500, type } = error as { status?: number; type?: string };
  if (status === 413) return 'body_too_large';
  // Who went away while sending has sent nothing wrong.
  return status < 500 && type !== 'request.aborted' ? 'malformed_body' : undefined;
}
