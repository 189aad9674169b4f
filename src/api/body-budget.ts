// What large bodies may take of this process's memory together, from their first bytes until Temporal has the job. Bytes are
// counted as they come: a Content-Length is only what a client says.
import type { RequestHandler, Response } from 'express';
import { callerOf } from './authenticate.js';
import { unavailable } from './http-error.js';

/** So much of each body is not counted: there are only so many connections, and most bodies are no larger. */
const FREE_BYTES = 128 * 1024;

/** One request's part of the budget. */
export type BodyShare = {
  /** Told of bytes that are held from now on, once for each part that came. */
  hold(bytes: number): void;
  /** Gives all back; whatever comes after that is not counted. */
  release(): void;
};

/**
 * Gives each request a share of `mostBytes`, which one caller may fill by half. It is given back when the request is answered,
 * or earlier by who has done with the body.
 */
export function holdBodies(mostBytes: number): RequestHandler {
  const heldBy = new Map<string, number>();
  let held = 0;

  function add(owner: string, bytes: number): void {
    held += bytes;
    const left = (heldBy.get(owner) ?? 0) + bytes;
    if (left > 0) heldBy.set(owner, left);
    else heldBy.delete(owner);
  }

  return (_request, response, next) => {
    const { owner } = callerOf(response);
    let [free, counted, isOver] = [FREE_BYTES, 0, false];
    const share: BodyShare = {
      hold(bytes) {
        const more = Math.max(0, bytes - free);
        free = Math.max(0, free - bytes);
        if (isOver || more === 0) return;
        if (held + more > mostBytes || (heldBy.get(owner) ?? 0) + more > mostBytes / 2)
          throw unavailable(new Error('the bodies that are held at once: http.max-bodies-mb'));
        counted += more;
        add(owner, more);
      },
      release() {
        isOver = true;
        add(owner, -counted);
        counted = 0;
      },
    };
    response.locals.bodyShare = share;
    response.once('close', share.release);
    next();
  };
}

export const bodyShareOf = (response: Response) => response.locals.bodyShare as BodyShare;
