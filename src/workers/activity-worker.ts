import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { createRunnerActivities, type RunnerActivities } from '../activities/index.js';
import type { RunnerHost } from '../activities/run-program.js';
import type { Language } from '../languages.js';
import { toIdentity } from '../runner-identity.js';
import { runQueue } from '../temporal-names.js';

export type ActivityWorkerOptions = {
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  host: RunnerHost;
  language: Language;
  /** Called when a job found that the language's image has gone. */
  onImageMissing: () => void;
  /** How many programs of the language this host takes at once: Temporal hands out no more tasks than that. */
  slots: number;
};

/** The worker that runs one language's programs on this host. */
export function createActivityWorker(options: ActivityWorkerOptions): Promise<Worker> {
  const { connection, namespace, dataConverter, host, language, slots, onImageMissing } = options;
  const activities: RunnerActivities = createRunnerActivities(host, onImageMissing);
  return Worker.create({
    connection,
    namespace,
    taskQueue: runQueue(language.id),
    identity: toIdentity('runner', host.name),
    activities,
    dataConverter,
    maxConcurrentActivityTaskExecutions: slots,
    maxHeartbeatThrottleInterval: '1s',
    shutdownGraceTime: '30s',
  });
}
