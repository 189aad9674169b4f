// The worker on a runner's own queue. What is wrong with the host, and which languages it has, is in its identity, which the server tells whoever lists
// workers; the activity describeHost tells it in whole sentences. It has a connection of its own, because the SDK sends the
// heartbeats of all workers of a connection with the identity of the one that was there first.
import { type NativeConnection, Worker } from '@temporalio/worker';
import { createHostActivities } from '../activities/index.js';
import type { Finding } from '../host-finding.js';
import { type ProvenLanguages, toIdentity } from '../runner-identity.js';
import { hostQueue } from '../temporal-names.js';

export type HostWorker = {
  /** Makes the worker, or makes it anew when the codes or the languages have changed. */
  tell(findings: Finding[], languages: ProvenLanguages): Promise<void>;
  stop(): Promise<void>;
};

export type HostWorkerOptions = {
  /** Of no other worker; closed with this one. */
  connection: NativeConnection;
  namespace: string;
  runner: string;
};

export function createHostWorker({ connection, namespace, runner }: HostWorkerOptions): HostWorker {
  let current: { identity: string; worker: Worker; ended: Promise<void> } | undefined;
  let told: Finding[] = [];
  const activities = createHostActivities(() => told);

  async function shutDown(): Promise<void> {
    const { worker, ended } = current ?? {};
    current = undefined;
    if (worker?.getState() === 'RUNNING') worker.shutdown();
    await ended;
  }

  return {
    async stop() {
      await shutDown();
      await connection.close();
    },
    async tell(findings, languages) {
      told = findings;
      const identity = toIdentity('runner', runner, { findings, languages });
      if (identity === current?.identity && current.worker.getState() === 'RUNNING') return;
      // Two workers with the same activities on one queue are refused by the SDK.
      await shutDown();
      const worker = await Worker.create({
        connection,
        namespace,
        taskQueue: hostQueue(runner),
        identity,
        activities,
        maxConcurrentActivityTaskExecutions: 1,
        activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
        shutdownGraceTime: '1s',
      });
      // Should it fail, it is made anew the next time.
      current = { identity, worker, ended: worker.run().catch(() => {}) };
    },
  };
}
