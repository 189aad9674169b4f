// Entry of a runner: the process on a Docker host that runs programs. Only it has the Docker socket.

import { type ContainerWatch, watchContainers } from '../activities/container-watch.js';
import { createCpuBudget } from '../activities/cpu-budget.js';
import { createEngineGate } from '../activities/engine-gate.js';
import { createHolderDocker } from '../activities/namespace-holder.js';
import type { RunnerHost } from '../activities/run-program.js';
import { readSeccompProfile } from '../activities/seccomp-profile.js';
import { createSlotPool } from '../activities/slot-pool.js';
import { type Config, loadConfig } from '../config.js';
import { type Language, loadLanguages } from '../languages.js';
import { createLog } from '../log.js';
import { createRunnerMetrics } from '../metrics.js';
import { runEntry } from '../run-entry.js';
import { connectTemporal } from '../temporal-connection.js';
import { installTemporalRuntime } from '../temporal-runtime.js';
import { untilStopped } from '../until-stopped.js';
import { createActivityWorker } from './activity-worker.js';
import { imageName, languageVersion } from './build-images.js';
import { connectDocker, pingEngine } from './docker-engine.js';
import { startMetricsServer } from './metrics-server.js';
import { reap, startReaper } from './reaper.js';
import { lockRunner } from './runner-lock.js';
import { warmUp } from './warm-up.js';

async function run(): Promise<void> {
  const config = loadConfig();
  const log = createLog('runner', config.log.level);
  const { name, 'metrics-host': metricsHost, 'metrics-port': metricsPort } = config.runner;
  const apisPort = config.temporal['metrics-port'];
  await installTemporalRuntime(log, { host: metricsHost, port: apisPort && apisPort + 1 });
  const stopped = untilStopped();
  await lockRunner(name);
  const metrics = createRunnerMetrics();
  const metricsServer = await startMetricsServer({
    host: metricsHost,
    port: metricsPort,
    registry: metrics.registry,
  });

  const docker = connectDocker();
  const languages = await presentLanguages(config, docker);
  const host = createHost(config, { docker, languages, log, metrics });
  await reap(host);
  await host.slots.fill(config.runner.cores);
  const working = await warmUp(host);
  if (working.length === 0) throw new Error('No language works here: run ./deploy.sh to build the images.');

  const connection = await connectTemporal(config, log);
  const { namespace } = config.temporal;
  const workers = await Promise.all(
    working.map((language) => {
      const slots = slotsOf(language, config);
      metrics.slots.set({ language: language.id }, slots);
      return createActivityWorker({ connection, namespace, host, language, slots });
    }),
  );
  const reaper = startReaper(host);
  const runs = Promise.all(workers.map((worker) => worker.run()));
  log.info(
    { runner: name, languages: working.map(({ id }) => id), metricsPort: metricsServer.port },
    'runner takes jobs',
  );
  process.send?.({ metricsPort: metricsServer.port });

  log.info({ reason: await Promise.race([stopped, runs.then(() => 'workers ended')]) }, 'runner stops');
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  await runs;
  reaper.stop();
  await Promise.all(host.cleanUps);
  await host.slots.close();
  host.watch.stop();
  await connection.close();
  await metricsServer.stop();
}

async function presentLanguages(
  config: Config,
  docker: ReturnType<typeof connectDocker>,
): Promise<Language[]> {
  const all = loadLanguages(`${config.root}/languages`, config.resources);
  const wanted = all.filter(({ id }) => config.languages.includes(id));
  const versions = await Promise.all(wanted.map((language) => languageVersion(docker, language)));
  return wanted.filter((_, index) => versions[index] !== undefined);
}

function createHost(
  { root, runner }: Config,
  { docker, languages, log, metrics }: Pick<RunnerHost, 'docker' | 'languages' | 'log' | 'metrics'>,
): RunnerHost & { watch: ContainerWatch } {
  const [first] = languages;
  if (!first) throw new Error('No language image is present: run ./deploy.sh to build them.');
  const seccompProfile = readSeccompProfile(`${root}/sandbox/seccomp.json`);
  const { name } = runner;
  const containersInUse = new Set<string>();
  const image = imageName(first);
  const slots = createSlotPool(
    createHolderDocker({ docker, runner: name, image, seccompProfile, containersInUse, log }),
  );
  const gate = createEngineGate({
    ping: () => pingEngine(docker),
    onBack: () => reap({ name, docker, slots, containersInUse, log, metrics }),
    log,
  });
  return {
    name,
    docker,
    gate,
    watch: watchContainers({ docker, runner: name, gate }),
    languages,
    images: new Map(languages.map((language) => [language.id, imageName(language)])),
    seccompProfile,
    slots,
    budget: createCpuBudget(runner.cores),
    log,
    metrics,
    containersInUse,
    cleanUps: new Set(),
  };
}

/** More than run at once: while one program computes, the next one's container is made. */
function slotsOf({ limits }: Language, { runner }: Config): number {
  return Math.max(1, Math.floor((runner.cores * runner['slots-per-core']) / limits.cpus));
}

runEntry(run);
