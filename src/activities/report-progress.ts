import { Context } from '@temporalio/activity';
import type { Started } from '../job.js';
import { STARTED_SIGNAL } from '../temporal-names.js';

/** A program that runs this long is worth telling its workflow, so that queries and lists say "running". */
const WORTH_TELLING_MS = 250;

const HEARTBEAT_MS = 1_000;

/** A server that is away must not keep a finished program's result waiting: without heartbeats the attempt would be lost. */
const TELL_LIMIT_MS = 2_000;

export type Progress = {
  started(details: Pick<Started, 'host' | 'slot'>): void;
  /** No more heartbeats; waits for what is still on its way to the workflow. */
  stop(): Promise<void>;
};

/** Heartbeats each second from the first second on, and tells the workflow once when the program runs for a while. */
export function reportProgress(): Progress {
  const context = Context.current();
  let details: Started | undefined;
  let telling: Promise<void> | undefined;
  let tellTimer: NodeJS.Timeout | undefined;
  const heartbeats = setInterval(() => context.heartbeat(details), HEARTBEAT_MS);

  return {
    started(place) {
      const started = { ...place, attempt: context.info.attempt, startedAt: new Date().toISOString() };
      details = started;
      tellTimer = setTimeout(() => {
        telling = tellWorkflow(context, started);
      }, WORTH_TELLING_MS);
    },
    async stop() {
      clearTimeout(tellTimer);
      await telling;
      clearInterval(heartbeats);
    },
  };
}

/** Only a convenience for those who look: a job does not fail because its workflow could not be told. */
async function tellWorkflow({ client, info, log }: Context, started: Started): Promise<void> {
  const { workflowId, runId } = info.workflowExecution ?? {};
  if (workflowId === undefined) return;
  const { workflow, connection } = client;
  await connection
    .withDeadline(Date.now() + TELL_LIMIT_MS, () =>
      workflow.getHandle(workflowId, runId).signal(STARTED_SIGNAL, started),
    )
    .catch((error: unknown) => log.warn('workflow not told that its program started', { error }));
}
