/**
 * Calls `listener` when a container has ended, with the error that ended it if there was one, unless the function that this answers
 * with was called before. A container has hundreds of runs, and the promise of its end keeps what waits for it: so it keeps nothing
 * of a run but this.
 */
export function whenEnded(ended: Promise<void>, listener: (error?: unknown) => void): () => void {
  let waiting: typeof listener | undefined = listener;
  ended.then(
    () => waiting?.(),
    (error: unknown) => waiting?.(error),
  );
  return () => {
    waiting = undefined;
  };
}
