/** How every entry file ends: exit code 0 when `run` is through, or its error as a sentence and exit code 1. */
export function runEntry(run: () => Promise<void>): void {
  run().then(
    // Explicitly: the channel to the process that started this one would keep it alive.
    () => process.exit(0),
    (error) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
