import type { RequestHandler } from 'express';
import { callerOf } from './authenticate.js';
import { HttpError } from './http-error.js';

/**
 * Refuses a caller's request while `most` of its others are not answered yet: a waiting call holds a connection and its
 * answer's memory, and no caller is to hold them all.
 */
export function limitOpenRequests(most: number): RequestHandler {
  const open = new Map<string, number>();
  return (_request, response, next) => {
    const { owner } = callerOf(response);
    const count = open.get(owner) ?? 0;
    if (count >= most) {
      const headers = { 'X-RateLimit-Retry-After': '1', 'Retry-After': '1' };
      throw new HttpError(429, `Too many requests at once: at most ${most} of a key`, headers);
    }
    open.set(owner, count + 1);
    response.once('close', () => {
      const left = (open.get(owner) ?? 1) - 1;
      if (left > 0) open.set(owner, left);
      else open.delete(owner);
    });
    next();
  };
}
