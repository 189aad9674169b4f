/**
 * Resolves when this process is told to stop: SIGTERM, SIGINT, or the end of the process that started it.
 * A second signal ends it at once.
 */
export function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      process.on(signal, () => process.exit(1));
      resolve(signal);
    };
    process.once('SIGTERM', onSignal);
    process.once('SIGINT', onSignal);
    process.once('disconnect', () => resolve('parent gone'));
  });
}
