import cors from 'cors';
import type { RequestHandler } from 'express';

/** Headers that browsers hide from a page unless they are named. */
const EXPOSED = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-RateLimit-Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Location',
  'X-Job-Id',
  'X-Request-Id',
];

/** A browser may take a preflight's answer for so long. */
const MAX_AGE_S = 600;

/** Lets web pages of these origins read our answers, errors too. Keys are never ambient, so cookies stay out. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return cors({ origin: [...origins], exposedHeaders: EXPOSED, maxAge: MAX_AGE_S });
}
