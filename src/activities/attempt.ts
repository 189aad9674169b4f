// What one attempt at a job is made of: the host that runs it, and the program.
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import type { Program } from '../job.js';
import type { Language } from '../languages.js';
import type { RunnerMetrics } from '../metrics.js';
import type { CompileCache } from './compile-cache.js';
import type { Isolation, Slot } from './container-options.js';
import type { ContainerWatch } from './container-watch.js';
import type { CpuBudget } from './cpu-budget.js';
import type { DependencyImages } from './dependency-images.js';
import type { EngineGate } from './engine-gate.js';
import type { JobContainer } from './job-container.js';
import type { SlotPool } from './slot-pool.js';

/** Names of the containers that somebody here works with, and until when at the latest, in milliseconds since 1970. */
export type ContainersInUse = Map<string, number>;

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
  /** How programs are kept apart here, unless an attempt asks for more. */
  isolation: Isolation;
  seccompProfiles: Readonly<Record<Isolation, string>>;
  slots: SlotPool;
  /** Containers made ahead; without it each program's is made when it comes. */
  pool?: ContainerPool;
  /** Unset: jobs bring none along. */
  dependencies?: DependencyImages;
  /** Of jobs with dependencies: more of them are taken than may run, since some wait for theirs. */
  turns?: CpuBudget;
  /** What compile steps have made; without it each program is compiled. */
  compileCache?: CompileCache;
  budget: CpuBudget;
  log: Logger;
  metrics: RunnerMetrics;
  /** The reaper takes all containers of this runner that are not here, or past their time. */
  containersInUse: ContainersInUse;
  /** Removals under way; whoever stops the runner waits for them. */
  cleanUps: Set<Promise<void>>;
};

export type Attempt = Omit<Program, 'language'> & {
  jobId: string;
  attempt: number;
  language: Language;
  signal: AbortSignal;
  /** The program started, in this slot. */
  onStart: (slot: Slot) => void;
};

/** A container and the slot that it borrows. */
export type LeasedContainer = {
  slot: Slot;
  container: JobContainer;
  language: Language;
  isolation: Isolation;
  /** Whose programs it has run; null: nobody's yet, or nobody's in particular. */
  owner: string | null;
  /** Programs that it was given. */
  jobs: number;
  madeAt: number;
};

/** Containers that wait for programs. */
export type ContainerPool = {
  /** A container for this attempt, if one is there. */
  take(attempt: Pick<Attempt, 'language' | 'owner' | 'isolation'>): LeasedContainer | undefined;
  /** Keeps a container whose supervisor is ready for its caller's next program; false: it is not wanted. */
  keep(leased: LeasedContainer): boolean;
  /** Keeps containers of a language ahead, at most `most`. */
  serve(language: Language, most: number): void;
  /** Keeps none of it any more. */
  unserve(language: Language): void;
  close(): Promise<void>;
};

/** How long its compile step and its program may take together, in milliseconds. */
export function longestMs({ compile, limits }: Language): number {
  return limits.timeLimitMs + (compile ? limits.compileTimeLimitMs : 0);
}
