// From a host to jobs: its self-test, its workers and containers made ahead, and the watch that keeps both in step with its health.
import type { DataConverter } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import type { ContainerPool } from '../activities/attempt.js';
import { createContainerPool } from '../activities/container-pool.js';
import { createCpuBudget } from '../activities/cpu-budget.js';
import { createHolderlessSlots } from '../activities/holderless-slots.js';
import { removeLeasedContainerLater, startWaitingContainer } from '../activities/leased-container.js';
import type { RunnerHost } from '../activities/run-program.js';
import { createTiming } from '../activities/timing.js';
import type { Config } from '../config.js';
import type { Finding, HostCode } from '../host-finding.js';
import type { Language } from '../languages.js';
import type { ProvenLanguages } from '../runner-identity.js';
import { connectTemporal } from '../temporal-connection.js';
import { dependenciesQueue, runQueue } from '../temporal-names.js';
import { createActivityWorker } from './activity-worker.js';
import { checkHost, disksOf } from './check-host.js';
import { askEngine } from './host-checks/check-engine.js';
import { createHostWorker } from './host-worker.js';
import { type ImageVersions, imageVersions } from './language-image.js';
import { createLanguageWorkers, type JobQueue } from './language-workers.js';
import { warmUp } from './warm-up.js';
import { type HostWatch, watchHost } from './watch-host.js';

export type TakeJobsOptions = {
  config: Config;
  connection: NativeConnection;
  dataConverter: DataConverter;
  host: RunnerHost;
  dataFolder: string;
};

export type TakingJobs = {
  /** Takes no more jobs; resolves when those that run have ended. */
  stop(): Promise<void>;
  /** Rejects when a worker fails. */
  failed: Promise<never>;
};

/** Jobs of a language that may wait for their dependencies, beside as many as run: each holds its input in memory. */
const WAITING_FOR_DEPENDENCIES = 16;

/** Looked at again while the runner lives. */
const WATCHED: HostCode[] = ['engine-away', 'image-missing', 'resolver-missing', 'disk-full', 'disk-low'];

/** Takes the jobs of every language that works here, from now until it is stopped. */
export async function startTakingJobs(options: TakeJobsOptions): Promise<TakingJobs> {
  const { config, connection, dataConverter, host, dataFolder } = options;
  const { docker, languages, log, metrics } = host;
  const { namespace } = config.temporal;
  const dependencies = config.dependencies.enabled;
  const checks = await checkHost({ ...host, slots: createHolderlessSlots() }, { dataFolder, dependencies });
  const lasting = checks.flatMap(({ findings }) => findings).filter(({ code }) => !WATCHED.includes(code));
  const { hostOf, pool } = createHosts(config, host, lasting);
  let watch: HostWatch | undefined;
  const stopping = new AbortController();
  /** Jobs with dependencies have a queue of their own, so that those which wait for them take no slot of the others'. */
  const plainQueue = (language: Language): JobQueue => ({ name: runQueue(language.id), language });
  const resolvingQueue = (language: Language): JobQueue => ({
    name: dependenciesQueue(language.id),
    language,
  });
  const isPlain = ({ name, language }: JobQueue) => name === runQueue(language.id);
  const jobsAtOnce = (queue: JobQueue) =>
    slotsOf(queue.language, config) + (isPlain(queue) ? 0 : WAITING_FOR_DEPENDENCIES);

  const workers = createLanguageWorkers({
    create(queue) {
      const own = hostOf(queue.language);
      return createActivityWorker({
        ...{ connection, namespace, dataConverter, taskQueue: queue.name, slots: jobsAtOnce(queue) },
        host: isPlain(queue) ? own : { ...own, turns: createCpuBudget(slotsOf(queue.language, config)) },
        onImageMissing: () => watch?.lookNow(),
      });
    },
    onChange(queue, takesJobs) {
      const { id } = queue.language;
      if (isPlain(queue) && takesJobs) pool.serve(queue.language, slotsOf(queue.language, config));
      else if (isPlain(queue)) pool.unserve(queue.language);
      metrics.slots.inc({ language: id }, takesJobs ? jobsAtOnce(queue) : -jobsAtOnce(queue));
      log.info({ queue: queue.name }, takesJobs ? 'jobs are taken' : 'no more jobs are taken');
    },
    log,
  });
  const hostWorker = createHostWorker({
    connection: await connectTemporal(config, log),
    namespace,
    runner: host.name,
  });

  let proven: ProvenLanguages | undefined;

  /** Each of them has run its hello world well, the latest just now. */
  async function prove(working: readonly Language[]): Promise<ProvenLanguages> {
    const ids = working.map(({ id }) => id);
    if (proven && Object.keys(proven.versions).join() === ids.join()) return proven;
    const told = await Promise.all(working.map((language) => imageVersions(docker, language)));
    const entriesOf = <T>(toValue: (versions: ImageVersions | undefined) => T) =>
      Object.fromEntries(ids.map((id, index) => [id, toValue(told[index])]));
    proven = {
      versions: entriesOf((versions) => versions?.version ?? ''),
      libraries: entriesOf((versions) => versions?.libraries ?? []),
      testedAt: new Date().toISOString(),
    };
    return proven;
  }

  async function onLook(findings: Finding[], working: Language[], resolving: Language[]): Promise<void> {
    if (stopping.signal.aborted) return;
    await workers.keep([...working.map(plainQueue), ...resolving.map(resolvingQueue)]);
    await prove(working)
      .then((languages) => hostWorker.tell(findings, languages))
      .catch((error: unknown) => log.warn({ err: error }, 'no host worker could be made, trying again soon'));
  }

  watch = await watchHost({
    docker,
    languages,
    dependencies,
    disks: disksOf(docker, await askEngine(docker), dataFolder),
    lasting,
    proves: (language) => warmUp(hostOf(language), language, stopping.signal),
    onLook,
    log,
    metrics,
  });
  return {
    failed: workers.failed,
    async stop() {
      stopping.abort();
      await Promise.all([workers.stop(), watch.stop()]);
      // Those that a look had begun to make.
      await workers.stop();
      await hostWorker.stop();
      await pool.close();
    },
  };
}

/**
 * The host as each language's programs see it: with containers made ahead, and cells unless the host refuses them. Another OCI
 * runtime has walls of its own: neither holders nor cells.
 */
function createHosts(
  config: Config,
  given: RunnerHost,
  lasting: readonly Finding[],
): { hostOf: (language: Language) => RunnerHost; pool: ContainerPool } {
  const refused = lasting.some(({ code }) => code === 'cells-refused');
  const own: RunnerHost = refused ? { ...given, isolation: 'container' } : given;
  const foreign: RunnerHost = { ...given, slots: createHolderlessSlots(), isolation: 'container' };
  const bare = ({ runtime }: Language) => (runtime === undefined ? own : foreign);
  const pool = createContainerPool({
    make: (language) => startWaitingContainer(bare(language), language),
    remove(leased) {
      const timing = createTiming((phase, seconds) =>
        given.metrics.containerPhase.observe({ phase }, seconds),
      );
      return removeLeasedContainerLater(bare(leased.language), leased, timing);
    },
    budgetBytes: config.runner['warm-memory-mb'] * 2 ** 20,
    makers: Math.max(1, Math.floor(config.runner.cores / 2)),
    log: given.log,
    metrics: given.metrics,
  });
  return { hostOf: (language) => ({ ...bare(language), pool }), pool };
}

/** More than run at once: while one program computes, the next one is prepared. */
function slotsOf({ limits }: Language, { runner }: Config): number {
  return Math.max(1, Math.floor((runner.cores * runner['slots-per-core']) / limits.cpus));
}
