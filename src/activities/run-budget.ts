// What all runs of one job may take together. Each has its own limits as well; near the end it gets what is left.
import type { JobRequest } from '../job.js';
import type { Limits } from '../languages.js';
import type { RunReport } from './verdict.js';

const RUNS_TIME_LIMIT_MS = 60_000;

/** Of the output as JSON: Temporal takes a result of 2 MB at most. */
const RUNS_OUTPUT_BYTES = 1.25 * 1024 * 1024;

/** A byte may take six in JSON, and a run has two streams. */
const WORST_JSON_BYTES = 2 * 6;

/** A result without its output. */
const RESULT_BYTES = 512;

/** What a run may print, as JSON, before the limits that were foreseen for the one after it are no longer true. */
const FORESEEN_BYTES = 64 * 1024;

export type RunLimits = {
  timeLimitMs: number;
  outputBytes: number;
  /** Its time is what is left of all runs' time, and less than it would have had by itself. */
  isCut: boolean;
};

export type RunBudget = {
  /** Limits of the next run; undefined when there is no time for one. */
  next(): RunLimits | undefined;
  /** Those of the run after it, as they are going to be if it prints little; undefined when that is too much of a guess. */
  afterNext(): RunLimits | undefined;
  spend(report: RunReport): void;
};

/** How long all runs of a job may take together, with all that is between them, in milliseconds. */
export const runsTimeLimitMs = ({ timeLimitMs }: Limits) => Math.max(RUNS_TIME_LIMIT_MS, timeLimitMs);

/** A program that runs once has its own limits and no other. */
export function createRunBudget(limits: Limits, request: Omit<JobRequest, 'language'>): RunBudget {
  const timeLimitMs = Math.min(limits.timeLimitMs, request.time_limit_ms ?? Infinity);
  const outputBytes = Math.min(limits.outputBytes, request.output_bytes ?? Infinity);
  if (request.runs === undefined) {
    const own = { timeLimitMs, outputBytes, isCut: false };
    return { next: () => own, afterNext: () => undefined, spend: () => {} };
  }
  const end = performance.now() + runsTimeLimitMs(limits);
  let bytesLeft = RUNS_OUTPUT_BYTES - RESULT_BYTES * request.runs.length;
  return {
    next() {
      const msLeft = Math.floor(end - performance.now());
      if (msLeft <= 0) return undefined;
      return {
        timeLimitMs: Math.min(timeLimitMs, msLeft),
        outputBytes: Math.min(outputBytes, Math.max(0, Math.floor(bytesLeft / WORST_JSON_BYTES))),
        isCut: msLeft < timeLimitMs,
      };
    },
    afterNext() {
      const msLeft = end - performance.now() - timeLimitMs;
      const isOwn = msLeft >= timeLimitMs && bytesLeft - FORESEEN_BYTES >= outputBytes * WORST_JSON_BYTES;
      return isOwn ? { timeLimitMs, outputBytes, isCut: false } : undefined;
    },
    spend({ compile, run }) {
      for (const output of [compile, run]) {
        if (output !== null) bytesLeft -= jsonBytes(output.stdout) + jsonBytes(output.stderr);
      }
    },
  };
}

const jsonBytes = (output: Buffer) => Buffer.byteLength(JSON.stringify(output.toString('utf8')));
