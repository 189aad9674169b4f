// Bodies as they were sent: bytes with a limit, then strict UTF-8. Express's text parser would replace invalid bytes and
// strip marks, so that the program that runs would not be the one that was sent.
import express, { type Request, type Response } from 'express';
import { CodeRefused } from '../code-rules.js';

/** A body over the limit; `bytes` as far as it is known. */
export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
  constructor(readonly bytes: number) {
    super(`body of ${bytes} bytes`);
  }
}

export type ReadBody = (request: Request<never>, response: Response) => Promise<string>;

/**
 * A function that reads a request's body, whatever its type says, as UTF-8; no body is an empty text.
 * It rejects with BodyTooLarge, or with CodeRefused when the bytes are no UTF-8.
 */
export function createBodyReader(limitBytes: number): ReadBody {
  const readBytes = express.raw({ type: () => true, limit: limitBytes });
  return (request, response) =>
    new Promise((resolve, reject) => {
      readBytes(request as Request, response, (error?: unknown) => {
        if (error) return reject(toBodyTooLarge(error, limitBytes));
        try {
          resolve(decode(request.body));
        } catch (refusal) {
          reject(refusal);
        }
      });
    });
}

function toBodyTooLarge(error: unknown, limitBytes: number): unknown {
  const { type, length, received } = error as { type?: string; length?: number; received?: number };
  return type === 'entity.too.large' ? new BodyTooLarge(length ?? received ?? limitBytes + 1) : error;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(body: unknown): string {
  if (!Buffer.isBuffer(body)) return '';
  try {
    return decoder.decode(body);
  } catch {
    throw new CodeRefused('invalid_encoding', 'Code is not valid UTF-8');
  }
}
