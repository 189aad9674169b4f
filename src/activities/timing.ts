/** The parts of one container's life. */
export type Timing = {
  /** Ends a part that began with the mark before. */
  mark(phase: string): void;
  /** What has passed since the last mark belongs to no part. */
  skip(): void;
  /** Milliseconds by part. */
  toMs(): Record<string, number>;
};

/** Starts to take the time; `observe` is told of each part in seconds. */
export function createTiming(observe: (phase: string, seconds: number) => void): Timing {
  const ms: Record<string, number> = {};
  let last = performance.now();
  return {
    mark(phase) {
      const now = performance.now();
      ms[phase] = Math.round((now - last) * 10) / 10;
      observe(phase, (now - last) / 1000);
      last = now;
    },
    skip() {
      last = performance.now();
    },
    toMs: () => ms,
  };
}
