// Bodies as they were sent: bytes with a limit, then strict UTF-8. Express's text parser would replace invalid bytes and
// strip marks, so that the program that runs would not be the one that was sent.
import express, { type RequestHandler } from 'express';
import { type CodeRules, MAX_CODE_BYTES, parseLanguage, refuseOversize } from '../code-rules.js';
import { HttpError } from './http-error.js';

/** JSON may escape each character of the code with up to six bytes. */
const MAX_JSON_BYTES = 6 * MAX_CODE_BYTES + 10_240;

const any = () => true;

/** Reads the body of POST /lang/:language into `request.body` as a string. */
export function readSource({ languages }: CodeRules): RequestHandler<{ language: string }> {
  const readBytes = express.raw({ type: any, limit: MAX_CODE_BYTES });
  return (request, response, next) => {
    readBytes(request as never, response, (error?: unknown) => {
      try {
        if (error) {
          // An unknown language is told before a size.
          parseLanguage(request.params.language, languages);
          refuseOversize(sizeOf(error));
          throw error;
        }
        request.body = decode(request.body);
        next();
      } catch (refusal) {
        next(refusal);
      }
    });
  };
}

/** Reads a JSON body; whatever is wrong with it, the seed has one answer. */
export function readJson(): RequestHandler {
  const readBytes = express.raw({ type: any, limit: MAX_JSON_BYTES });
  return (request, response, next) => {
    readBytes(request, response, (error?: unknown) => {
      if (error) {
        const size = sizeOf(error);
        return next(
          size > 0 ? new HttpError(413, `Request body exceeds maximum of ${MAX_JSON_BYTES} bytes`) : error,
        );
      }
      try {
        request.body = JSON.parse(decode(request.body));
      } catch {
        return next(new HttpError(400, INVALID_JOB_BODY));
      }
      next();
    });
  };
}

export const INVALID_JOB_BODY = "Invalid request body. Expected JSON with 'code' and 'language' fields.";

/** How large a body was that went over the limit, as far as it is known; 0 for other errors. */
function sizeOf(error: unknown): number {
  const { type, length, received } = error as { type?: string; length?: number; received?: number };
  return type === 'entity.too.large' ? (length ?? received ?? MAX_JSON_BYTES) : 0;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A request without a body has none to read: that is empty code. */
function decode(body: unknown): string {
  if (!Buffer.isBuffer(body)) return '';
  try {
    return decoder.decode(body);
  } catch {
    throw new HttpError(400, 'Code is not valid UTF-8');
  }
}
