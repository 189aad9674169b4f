import type { Request, RequestHandler, Response } from 'express';
import type { ApiMetrics } from '../metrics.js';
import { type ApiKeys, type Caller, isLoopback } from './api-keys.js';
import { HttpError } from './http-error.js';

/**
 * Lets only known keys through; `callerOf(response)` then tells whose it was. Where there is an anonymous caller,
 * web pages of these origins may come as such.
 */
export function authenticate(
  keys: ApiKeys,
  origins: readonly string[],
  { authFailures }: ApiMetrics,
): RequestHandler {
  const refuse = (text: string) => {
    authFailures.inc();
    return new HttpError(401, text, CHALLENGE);
  };
  return (request, response, next) => {
    const key = readKey(request);
    if (key === undefined && keys.anonymous && mayBeAnonymous(request, origins)) {
      response.locals.caller = keys.anonymous;
      return next();
    }
    if (!key) throw refuse('API key required. Provide X-API-Key header or api_key parameter');
    const caller = keys.find(key);
    if (!caller) throw refuse('Invalid API key');
    response.locals.caller = caller;
    next();
  };
}

/** The caller of an authenticated request. */
export const callerOf = (response: Response) => response.locals.caller as Caller;

const CHALLENGE = { 'WWW-Authenticate': 'Bearer' };

/** The first that is present decides, even when another would be valid. */
function readKey(request: Request): string | undefined {
  const header = request.get('X-API-Key');
  if (header !== undefined) return header;
  const bearer = /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '');
  if (bearer) return bearer[1];
  const { api_key: parameter } = request.query;
  return typeof parameter === 'string' ? parameter : undefined;
}

/**
 * Whether the anonymous caller may ask this. Any web page that a developer visits can post to this machine, and can be
 * served under a name that leads to it: only pages of our origins, and programs on this machine, are meant.
 */
function mayBeAnonymous(request: Request, origins: readonly string[]): boolean {
  const origin = request.get('Origin');
  const host = (request.hostname ?? '').replace(/^\[|\]$/g, '');
  return isLoopback(host) && (origin === undefined || origins.includes(origin));
}
