/** What came of a number of requests. Times are in milliseconds, and null when nothing was answered. */
export type Summary = {
  requests: number;
  errors: number;
  averageMs: number | null;
  p50Ms: number | null;
  p90Ms: number | null;
  p99Ms: number | null;
};

/** Sums up the times of right answers and the number of wrong ones. */
export function summarize(timesMs: readonly number[], errors: number): Summary {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const total = sorted.reduce((sum, time) => sum + time, 0);
  return {
    requests: sorted.length + errors,
    errors,
    averageMs: sorted.length === 0 ? null : total / sorted.length,
    p50Ms: percentile(sorted, 50),
    p90Ms: percentile(sorted, 90),
    p99Ms: percentile(sorted, 99),
  };
}

/** The smallest of sorted values that at least `percent` percent of them do not exceed; null when there are none. */
export function percentile(sorted: readonly number[], percent: number): number | null {
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? null;
}

/** A summary as a line of text. */
export function toLine(summary: Summary): string {
  const { requests, errors, averageMs, p50Ms, p90Ms, p99Ms } = summary;
  const ms = (time: number | null) => (time === null ? '-' : `${Math.round(time)} ms`);
  return `requests ${requests}, errors ${errors}, average ${ms(averageMs)}, p50 ${ms(p50Ms)}, p90 ${ms(p90Ms)}, p99 ${ms(p99Ms)}`;
}
