// Bodies as they were sent: bytes with a limit, inflated or not, then strict UTF-8. Express's text parser would replace invalid
// bytes and strip marks, so that the program that runs would not be the one that was sent; and its parsers tell that a body is
// too large only when all of it has come.
import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { CodeRefused } from '../code-rules.js';
import { shorten } from '../shorten.js';
import type { BodyShare } from './body-budget.js';
import { HttpError } from './http-error.js';

/** A body over the limit; `bytes` as far as it is known. */
export class BodyTooLarge extends Error {
  override name = 'BodyTooLarge';
  constructor(readonly bytes: number) {
    super(`body of ${bytes} bytes`);
  }
}

/** The client went away while it was sending. */
export class BodyCutOff extends HttpError {
  override name = 'BodyCutOff';
  constructor() {
    super(400, 'The request was cut off');
  }
}

/**
 * Reads a request's body, whatever its type says, as UTF-8; no body is an empty text. What is too large is not read to its end,
 * and what `share` has no room for is not kept.
 * It rejects with BodyTooLarge, with CodeRefused when the bytes are no UTF-8, or with HttpError.
 */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
  share: Pick<BodyShare, 'hold'>,
): Promise<string> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity') {
    const declared = Number(request.headers['content-length'] ?? 0);
    if (declared > limitBytes) throw new BodyTooLarge(declared);
    return decode(await readBytes(request, request, limitBytes, share));
  }
  const decoder = DECODERS.get(encoding)?.();
  if (!decoder) throw new HttpError(415, `unsupported content encoding "${shorten(encoding)}"`);
  try {
    return decode(await readBytes(request, request.pipe(decoder), limitBytes, share));
  } finally {
    request.unpipe(decoder);
    decoder.destroy();
  }
}

const DECODERS = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** The bytes of `body`, which is the request or is made from it. */
function readBytes(
  request: IncomingMessage,
  body: Readable,
  limitBytes: number,
  share: Pick<BodyShare, 'hold'>,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isRefused = false;
    // First: of a request as it is, these are the body's own.
    request.on('error', () => reject(new BodyCutOff()));
    request.on('close', () => {
      if (!request.complete) reject(new BodyCutOff());
    });
    body.on('error', () => reject(new HttpError(400, 'The body is not what its Content-Encoding says')));
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        body.pause();
        return reject(new BodyTooLarge(bytes));
      }
      // The rest of what there is no room for comes and goes: its client may well use the connection again.
      if (isRefused) return;
      try {
        share.hold(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        isRefused = true;
        chunks.length = 0;
        reject(error);
      }
    });
    body.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new CodeRefused('invalid_encoding', 'Code is not valid UTF-8');
  }
}
