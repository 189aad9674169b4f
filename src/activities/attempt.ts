// What one attempt at a job is made of: the host that runs it, and the program.
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import type { Language } from '../languages.js';
import type { RunnerMetrics } from '../metrics.js';
import type { Slot } from './container-options.js';
import type { ContainerWatch } from './container-watch.js';
import type { CpuBudget } from './cpu-budget.js';
import type { EngineGate } from './engine-gate.js';
import type { SlotPool } from './slot-pool.js';

/** What a runner's activities work with. */
export type RunnerHost = {
  /** Name of the runner, as people see it, and on the label of its containers. */
  name: string;
  docker: Docker;
  gate: EngineGate;
  watch: Pick<ContainerWatch, 'onPause'>;
  languages: readonly Language[];
  /** Image by language id. */
  images: ReadonlyMap<string, string>;
  seccompProfile: string;
  slots: SlotPool;
  budget: CpuBudget;
  log: Logger;
  metrics: RunnerMetrics;
  /** Names of the containers that somebody here works with; the reaper takes all others that bear this runner's label. */
  containersInUse: Set<string>;
  /** Removals under way; whoever stops the runner waits for them. */
  cleanUps: Set<Promise<void>>;
};

export type Attempt = {
  jobId: string;
  attempt: number;
  language: Language;
  code: string;
  signal: AbortSignal;
  /** The program started, in this slot. */
  onStart: (slot: Slot) => void;
};

/** How long its compile step and its program may take together, in milliseconds. */
export function longestMs({ compile, limits }: Language): number {
  return limits.timeLimitMs + (compile ? limits.compileTimeLimitMs : 0);
}
