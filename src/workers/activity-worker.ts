import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { createRunnerActivities, type RunnerActivities } from '../activities/index.js';
import type { RunnerHost } from '../activities/run-program.js';
import { toIdentity } from '../runner-identity.js';

export type ActivityWorkerOptions = {
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  host: RunnerHost;
  /** Of a language, with or without dependencies. */
  taskQueue: string;
  /** Called when a job found that the language's image has gone. */
  onImageMissing: () => void;
  /** How many jobs of the queue this host takes at once: Temporal hands out no more tasks than that. */
  slots: number;
};

/** A worker that runs one language's programs on this host. */
export function createActivityWorker(options: ActivityWorkerOptions): Promise<Worker> {
  const { connection, namespace, dataConverter, host, taskQueue, slots, onImageMissing } = options;
  const activities: RunnerActivities = createRunnerActivities(host, onImageMissing);
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    identity: toIdentity('runner', host.name),
    activities,
    dataConverter,
    maxConcurrentActivityTaskExecutions: slots,
    maxHeartbeatThrottleInterval: '1s',
    shutdownGraceTime: '30s',
  });
}
