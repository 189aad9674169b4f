// Docker may be stopped, frozen or gone: every call has a time limit, and every failure becomes one that Temporal can judge.
import { ApplicationFailure } from '@temporalio/activity';

export const IMAGE_MISSING = 'ImageMissing';

const CALL_TIMEOUT_MS = 15_000;

const ENGINE_AWAY = 'EngineAway';

/** Makes one Docker call with a time limit. Aborts it when `signal` does, with the signal's reason. */
export async function callDocker<T>(
  what: string,
  call: (abortSignal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  // A controller of our own: a signal that fired after an attach has been answered would cut its stream.
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, CALL_TIMEOUT_MS);
  signal?.addEventListener('abort', abort);
  try {
    return await call(controller.signal);
  } catch (error) {
    signal?.throwIfAborted();
    const late = controller.signal.aborted;
    throw toDockerFailure(what, late ? new Error(`no answer within ${CALL_TIMEOUT_MS / 1000} s`) : error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** The engine's own status code of an error, such as 404 or 409. */
export function dockerStatus(error: unknown): number | undefined {
  const cause = error instanceof ApplicationFailure ? error.cause : error;
  return (cause as { statusCode?: number } | undefined)?.statusCode;
}

/** Whether a call failed because no answer came: the engine is gone, frozen or out of reach. */
export function isEngineAway(error: unknown): boolean {
  return error instanceof ApplicationFailure && error.type === ENGINE_AWAY;
}

function toDockerFailure(what: string, error: unknown): ApplicationFailure {
  const cause = error instanceof Error ? error : new Error(String(error));
  const message = `docker ${what}: ${cause.message}`;
  const status = dockerStatus(cause);
  if (status === 404 && /no such image/i.test(cause.message)) return imageMissing(message, cause);
  return ApplicationFailure.create({
    type: status === undefined ? ENGINE_AWAY : 'DockerError',
    message,
    cause,
  });
}

/** Another runner may have the image; by the time of the next attempt this one takes no jobs of the language any more. */
export function imageMissing(message: string, cause?: Error): ApplicationFailure {
  return ApplicationFailure.create({
    type: IMAGE_MISSING,
    message,
    nextRetryDelay: '2s',
    ...(cause ? { cause } : {}),
  });
}
