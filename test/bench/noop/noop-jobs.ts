// Temporal's own floor: jobs that are all orchestration, on the same server as the service's.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';

export type NoopJobs = { run(): Promise<void>; stop(): Promise<void> };

/** Workers in this process, started and eager as the service's own. */
export async function startNoopJobs(address: string): Promise<NoopJobs> {
  const [connection, runnerConnection] = await Promise.all([connect(address), connect(address)]);
  const workflows = await Worker.create({
    connection,
    taskQueue: 'bench-jobs',
    workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
  });
  const activities = await Worker.create({
    connection: runnerConnection,
    taskQueue: 'bench-run',
    activities: { nothing: async () => {} },
  });
  const running = [workflows.run(), activities.run()];
  const client = new Client({ connection });
  return {
    async run() {
      const done = await client.workflow.execute('noop', {
        workflowId: randomUUID(),
        taskQueue: 'bench-jobs',
        requestEagerStart: true,
      });
      if (done !== 'done') throw new Error(`the empty job said ${done}`);
    },
    async stop() {
      workflows.shutdown();
      activities.shutdown();
      await Promise.all(running);
      await Promise.all([connection.close(), runnerConnection.close()]);
    },
  };
}

const connect = (address: string) => NativeConnection.connect({ address });
