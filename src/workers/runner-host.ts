import type Docker from 'dockerode';
import type { Logger } from 'pino';
import type { ContainersInUse } from '../activities/attempt.js';
import { createCompileCache } from '../activities/compile-cache.js';
import { createCpuBudget } from '../activities/cpu-budget.js';
import { createEngineGate } from '../activities/engine-gate.js';
import type { RunnerHost } from '../activities/run-program.js';
import { readSeccompProfile } from '../activities/seccomp-profile.js';
import type { SlotPool } from '../activities/slot-pool.js';
import type { Config } from '../config.js';
import type { Language } from '../languages.js';
import { createRunnerMetrics, type RunnerMetrics } from '../metrics.js';
import { imageName } from './build-images.js';
import { pingEngine } from './docker-engine.js';
import { reap } from './reaper.js';

export type RunnerHostOptions = {
  config: Config;
  /** On the label of the containers. */
  name: string;
  docker: Docker;
  languages: readonly Language[];
  createSlots: (made: { seccompProfile: string; containersInUse: ContainersInUse }) => SlotPool;
  log: Logger;
  metrics?: RunnerMetrics;
};

/** What programs are run with. Makes nothing yet, and does not see pauses: for that it needs a watch of its containers. */
export function createRunnerHost(options: RunnerHostOptions): RunnerHost {
  const { config, name, docker, languages, createSlots, log, metrics = createRunnerMetrics() } = options;
  const sandbox = `${config.root}/sandbox`;
  const seccompProfiles = {
    container: readSeccompProfile(sandbox, { cells: false }),
    cells: readSeccompProfile(sandbox, { cells: true }),
  };
  const containersInUse: ContainersInUse = new Map();
  const cacheBytes = config.runner['compile-cache-mb'] * 2 ** 20;
  const slots = createSlots({ seccompProfile: seccompProfiles.container, containersInUse });
  return {
    name,
    docker,
    gate: createEngineGate({
      ping: () => pingEngine(docker),
      onBack: () => reap({ name, docker, slots, containersInUse, log, metrics }),
      log,
    }),
    watch: { onPause: () => () => {} },
    languages,
    images: new Map(languages.map((language) => [language.id, imageName(language)])),
    isolation: config.runner.isolation,
    seccompProfiles,
    slots,
    ...(cacheBytes === 0 ? {} : { compileCache: createCompileCache(cacheBytes) }),
    budget: createCpuBudget(config.runner.cores),
    log,
    metrics,
    containersInUse,
    cleanUps: new Set(),
  };
}
