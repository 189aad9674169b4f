import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { CodeRefused } from '../code-rules.js';

/** An answer that is no success: status, the text that callers see, headers. */
export class HttpError extends Error {
  override name = 'HttpError';
  constructor(
    readonly status: number,
    readonly text: string,
    readonly headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(text, options);
  }
}

/** Something behind us does not answer or failed; worth trying again. */
export const unavailable = (cause: unknown) =>
  new HttpError(503, 'something went wrong', { 'Retry-After': '2' }, { cause });

/** Temporal did not take a job: nothing was accepted, and it is worth trying again. */
export class JobNotTaken extends HttpError {
  override name = 'JobNotTaken';
  constructor(cause: unknown) {
    super(503, 'something went wrong', { 'Retry-After': '2' }, { cause });
  }
}

/** The last middleware: every error becomes a plain-text answer. What is inside a 5xx goes to the log only. */
export function sendErrors(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, text, headers } = toHttpError(error);
    if (status >= 500) log.error({ requestId: request.id, err: error }, 'request failed');
    response.status(status).set(headers).type('text/plain').send(text);
  };
}

function toHttpError(error: unknown): Pick<HttpError, 'status' | 'text' | 'headers'> {
  if (error instanceof HttpError) return error;
  if (error instanceof CodeRefused) return { status: 400, text: error.message, headers: {} };
  if (error instanceof URIError)
    return { status: 400, text: 'The path is not valid percent-encoding', headers: {} };
  // Errors of Express and its body readers carry a status and say whether their message is for the caller.
  const { status = 500, expose = false, message = '' } = error as Record<string, never>;
  return expose && status < 500
    ? { status, text: message, headers: {} }
    : { status: 500, text: 'something went wrong', headers: {} };
}
