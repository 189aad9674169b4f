import type Docker from 'dockerode';
import type { Logger } from 'pino';
import { createCpuBudget } from '../activities/cpu-budget.js';
import type { RunnerHost } from '../activities/run-program.js';
import { readSeccompProfile } from '../activities/seccomp-profile.js';
import type { SlotPool } from '../activities/slot-pool.js';
import type { Config } from '../config.js';
import type { Language } from '../languages.js';
import { createRunnerMetrics, type RunnerMetrics } from '../metrics.js';
import { imageName } from './build-images.js';

export type RunnerHostOptions = {
  config: Config;
  /** On the label of the containers. */
  name: string;
  docker: Docker;
  languages: readonly Language[];
  createSlots: (seccompProfile: string) => SlotPool;
  log: Logger;
  metrics?: RunnerMetrics;
};

/** What programs are run with. Makes nothing yet. */
export function createRunnerHost(options: RunnerHostOptions): RunnerHost {
  const { config, name, docker, languages, createSlots, log, metrics = createRunnerMetrics() } = options;
  const seccompProfile = readSeccompProfile(`${config.root}/sandbox/seccomp.json`);
  return {
    name,
    docker,
    languages,
    images: new Map(languages.map((language) => [language.id, imageName(language)])),
    seccompProfile,
    slots: createSlots(seccompProfile),
    budget: createCpuBudget(config.runner.cores),
    log,
    metrics,
    cleanUps: new Set(),
  };
}
