import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Caller } from './api-keys.js';
import { callerOf } from './authenticate.js';
import { HttpError, JobNotTaken } from './http-error.js';
import { type RateLimiter, type RequestCount, WINDOW_SECONDS } from './rate-limiter.js';

export type RateLimitOptions = {
  limiter: RateLimiter;
  /** Requests an hour of a caller that has no limit of its own. */
  maxRequests: number;
  /** Told of each request that is refused. */
  onLimited?: (caller: Caller) => void;
};

/** Counts a request that passed validation, tells the caller where it stands, and refuses what is too much. */
export function limitRate({ limiter, maxRequests, onLimited }: RateLimitOptions): RequestHandler {
  return async (_request, response, next) => {
    const caller = callerOf(response);
    const count = await limiter.count(caller.owner, caller.maxRequests ?? maxRequests);
    setRateHeaders(response, count);
    if (!count.accepted) {
      onLimited?.(caller);
      throw tooManyRequests(count);
    }
    response.locals.requestCount = count;
    next();
  };
}

/** A job that Temporal did not take costs nothing. */
export const giveBackNotTaken: ErrorRequestHandler = async (error, _request, response, next) => {
  const count = response.locals.requestCount as RequestCount | undefined;
  if (error instanceof JobNotTaken && count && !response.headersSent) {
    setRateHeaders(response, await count.giveBack());
  }
  next(error);
};

function tooManyRequests(count: RequestCount): HttpError {
  const seconds = `${toSeconds(count)}`;
  return new HttpError(429, `Rate limit exceeded. Retry after ${seconds} seconds.`, {
    'X-RateLimit-Retry-After': seconds,
    'Retry-After': seconds,
  });
}

/** The seed's header, its usual companions, and those of the IETF's draft (draft-ietf-httpapi-ratelimit-headers, 8 and later). */
function setRateHeaders(response: Response, count: RequestCount): void {
  const { limit, remaining, resetMs } = count;
  response.set({
    'X-RateLimit-Limit': `${limit}`,
    'X-RateLimit-Remaining': `${remaining}`,
    'X-RateLimit-Reset': `${Math.ceil((Date.now() + resetMs) / 1000)}`,
    'RateLimit-Policy': `"default";q=${limit};w=${WINDOW_SECONDS}`,
    RateLimit: `"default";r=${remaining};t=${toSeconds(count)}`,
  });
}

const toSeconds = ({ resetMs }: RequestCount) => Math.max(1, Math.ceil(resetMs / 1000));
