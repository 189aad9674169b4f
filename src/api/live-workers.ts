// Workers tell the server of themselves each second; so what this tells is exact within seconds, however a worker ended.
import type { Client } from '@temporalio/client';

/** What the server's list says of a worker. */
export type LiveWorker = { key: string; identity: string; queue: string };

/** A worker that was not heard of for this long is gone. Clocks of different machines may differ by less than that. */
const HEARD_OF_MS = 10_000;

const PAGE_SIZE = 1_000;

/** An answer that takes longer has failed. */
const DEADLINE_MS = 2_000;

/** However often they are asked for, Temporal is asked once in this time. */
const FRESH_MS = 1_000;

/** Reads all workers that live. It rejects when Temporal does not answer in time. */
export function createWorkersReader(client: Client): () => Promise<LiveWorker[]> {
  let asked = { at: Number.NEGATIVE_INFINITY, workers: Promise.resolve<LiveWorker[]>([]) };
  return () => {
    if (Date.now() - asked.at > FRESH_MS) {
      const deadline = Date.now() + DEADLINE_MS;
      const workers = client.connection.withDeadline(deadline, () => listLiveWorkers(client));
      asked = { at: Date.now(), workers };
    }
    return asked.workers;
  };
}

/** The workers that live, of all queues or those that `queueQuery` asks for. One that is told to stop counts no more. */
export async function listLiveWorkers(client: Client, queueQuery?: string): Promise<LiveWorker[]> {
  const since = new Date(Date.now() - HEARD_OF_MS).toISOString();
  const query = [`Status = 'Running'`, `HeartbeatTime > '${since}'`, ...(queueQuery ? [queueQuery] : [])];
  const found: LiveWorker[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await client.workflowService.listWorkers({
      namespace: client.options.namespace,
      query: query.join(' AND '),
      pageSize: PAGE_SIZE,
      nextPageToken,
    });
    for (const { workerInstanceKey, workerIdentity, taskQueue } of page.workers) {
      found.push({ key: workerInstanceKey ?? '', identity: workerIdentity ?? '', queue: taskQueue ?? '' });
    }
    ({ nextPageToken } = page);
  } while (nextPageToken.length > 0);
  return found;
}
