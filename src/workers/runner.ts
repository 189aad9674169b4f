// Entry of a runner: the process on a Docker host that runs programs. Only it has the Docker socket.

import { resolve } from 'node:path';
import { watchContainers } from '../activities/container-watch.js';
import { createHolderDocker } from '../activities/namespace-holder.js';
import type { RunnerHost } from '../activities/run-program.js';
import { createSlotPool } from '../activities/slot-pool.js';
import { type Config, loadConfig } from '../config.js';
import { createLog } from '../log.js';
import { createRunnerMetrics } from '../metrics.js';
import { openPayloads } from '../payloads/payloads.js';
import { runEntry } from '../run-entry.js';
import { connectTemporal } from '../temporal-connection.js';
import { installTemporalRuntime } from '../temporal-runtime.js';
import { untilStopped } from '../until-stopped.js';
import { imageName } from './build-images.js';
import { startDependencyImages } from './dependency-builder.js';
import { connectDocker } from './docker-engine.js';
import { presentLanguages } from './host-checks/check-images.js';
import { startMetricsServer } from './metrics-server.js';
import { reap, startReaper } from './reaper.js';
import { createRunnerHost } from './runner-host.js';
import { requireRuntimes, runnerLanguages } from './runner-languages.js';
import { lockRunner } from './runner-lock.js';
import { startTakingJobs } from './take-jobs.js';

async function run(): Promise<void> {
  const config = loadConfig();
  const log = createLog('runner', config.log.level);
  const { name, 'metrics-host': metricsHost, 'metrics-port': metricsPort } = config.runner;
  const apisPort = config.temporal['metrics-port'];
  await installTemporalRuntime(log, { host: metricsHost, port: apisPort && apisPort + 1 });
  const { dataConverter } = await openPayloads(config, log);
  const stopped = untilStopped();
  await lockRunner(name);
  const metrics = createRunnerMetrics();
  const metricsServer = await startMetricsServer({
    host: metricsHost,
    port: metricsPort,
    registry: metrics.registry,
  });

  const docker = connectDocker();
  const languages = runnerLanguages(config);
  await requireRuntimes(docker, languages);
  const unwatched = await createHost(config, { docker, languages, log, metrics });
  const watch = watchContainers({ docker, runner: name, gate: unwatched.gate });
  const host = { ...unwatched, watch };
  const connection = await connectTemporal(config, log);
  const dataFolder = resolve(config.root, config['data-folder']);
  const reaper = startReaper(host);
  const jobs = await startTakingJobs({ config, connection, dataConverter, host, dataFolder });
  log.info({ runner: name, metricsPort: metricsServer.port }, 'runner is up');
  process.send?.({ metricsPort: metricsServer.port });

  log.info({ reason: await Promise.race([stopped, jobs.failed]) }, 'runner stops');
  await jobs.stop();
  reaper.stop();
  await Promise.all(host.cleanUps);
  await host.slots.close();
  watch.stop();
  await connection.close();
  await metricsServer.stop();
}

/** Namespace holders are made from one of the languages' images. */
async function createHost(
  config: Config,
  { docker, languages, log, metrics }: Pick<RunnerHost, 'docker' | 'languages' | 'log' | 'metrics'>,
): Promise<RunnerHost> {
  const { name, cores } = config.runner;
  const [first] = await presentLanguages(docker, languages);
  if (!first) throw new Error('No language image is present: run ./deploy.sh to build them.');
  // By its id: the engine keeps that while there are holders, whatever becomes of the name.
  const { Id: image } = await docker.getImage(imageName(first)).inspect();
  const host = createRunnerHost({
    ...{ config, name, docker, languages, log, metrics },
    createSlots: (made) => createSlotPool(createHolderDocker({ ...made, docker, runner: name, image, log })),
  });
  const dependencies = await startDependencyImages(config, host);
  await reap(host);
  if (languages.some(({ runtime }) => runtime === undefined)) await host.slots.fill(cores);
  return dependencies === undefined ? host : { ...host, dependencies };
}

runEntry(run);
