// What Temporal knows of the load: its runners' workers tell it each second how many slots they have and how many are taken,
// its matching service knows how many tasks wait. So every API process tells the same, however many runners there are.
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Language } from '../languages.js';
import type { ClusterLoad } from '../metrics.js';
import { dependenciesQueue, runQueue } from '../temporal-names.js';
import { listLiveWorkers } from './live-workers.js';

export type LoadReaderOptions = { client: Client; languages: readonly Language[]; log: Logger };

/** However often it is asked, Temporal is asked once in this time. */
const FRESH_MS = 1_000;

/** A scrape waits no longer for Temporal. */
const DEADLINE_MS = 1_000;

/** Reads the load of the whole cluster; undefined when Temporal does not answer in time. */
export function createLoadReader({ client, languages, log }: LoadReaderOptions) {
  const { connection, workflowService } = client;
  const { namespace } = client.options;
  let asked = { at: Number.NEGATIVE_INFINITY, load: Promise.resolve<ClusterLoad | undefined>(undefined) };

  async function read(): Promise<ClusterLoad> {
    const [workers, queued] = await Promise.all([
      listSlots(),
      Promise.all(languages.map(async (language) => [language.id, await countQueued(language)] as const)),
    ]);
    const workersOf = (id: string) => workers.filter(({ queue }) => queuesOf(id).includes(queue ?? ''));
    const used = (id: string) => sum(workersOf(id).map((worker) => worker.used));
    return {
      slots: sum(languages.flatMap(({ id }) => workersOf(id)).map((worker) => worker.slots)),
      active: new Map(languages.map(({ id }) => [id, used(id)])),
      queued: new Map(queued),
    };
  }

  /** The slots of each worker that lives. */
  async function listSlots() {
    const workers = await listLiveWorkers(client, `TaskQueue STARTS_WITH '${runQueue('')}'`);
    return Promise.all(workers.map(({ key }) => describeSlots(key)));
  }

  async function describeSlots(workerInstanceKey: string) {
    const { workerInfo } = await workflowService.describeWorker({ namespace, workerInstanceKey });
    const { taskQueue, activityTaskSlotsInfo } = workerInfo?.workerHeartbeat ?? {};
    const used = activityTaskSlotsInfo?.currentUsedSlots ?? 0;
    return { queue: taskQueue, used, slots: used + (activityTaskSlotsInfo?.currentAvailableSlots ?? 0) };
  }

  async function countQueued({ id, dependencies }: Language): Promise<number> {
    const queues = dependencies === undefined ? [runQueue(id)] : queuesOf(id);
    return sum(await Promise.all(queues.map(countTasks)));
  }

  async function countTasks(name: string): Promise<number> {
    const { stats } = await workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name },
      taskQueueType: ACTIVITY_QUEUE,
      reportStats: true,
    });
    return Number(stats?.approximateBacklogCount ?? 0);
  }

  return (): Promise<ClusterLoad | undefined> => {
    if (Date.now() - asked.at >= FRESH_MS) {
      const load = connection.withDeadline(Date.now() + DEADLINE_MS, read).catch((error: unknown) => {
        log.warn({ err: error }, 'Temporal does not tell its load: gauges are left out');
        return undefined;
      });
      asked = { at: Date.now(), load };
    }
    return asked.load;
  };
}

const ACTIVITY_QUEUE = 2;

const queuesOf = (languageId: string) => [runQueue(languageId), dependenciesQueue(languageId)];

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
