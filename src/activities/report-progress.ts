import { Context } from '@temporalio/activity';
import { STARTED_SIGNAL } from '../temporal-names.js';

/** A program that runs this long is worth telling its workflow, so that queries and lists say "running". */
const WORTH_TELLING_MS = 250;

const HEARTBEAT_MS = 1_000;

export type Progress = {
  started(details: { host: string; slot: number }): void;
  /** No more heartbeats; waits for what is still on its way to the workflow. */
  stop(): Promise<void>;
};

/** Heartbeats each second from the first second on, and tells the workflow once when the program runs for a while. */
export function reportProgress(): Progress {
  const context = Context.current();
  let details: { host: string; slot: number } | undefined;
  let telling: Promise<void> | undefined;
  let tellTimer: NodeJS.Timeout | undefined;
  const heartbeats = setInterval(() => context.heartbeat(details), HEARTBEAT_MS);

  return {
    started(started) {
      details = started;
      tellTimer = setTimeout(() => {
        telling = tellWorkflow(context);
      }, WORTH_TELLING_MS);
    },
    async stop() {
      clearInterval(heartbeats);
      clearTimeout(tellTimer);
      await telling;
    },
  };
}

/** Only a convenience for those who look: a job does not fail because its workflow could not be told. */
async function tellWorkflow({ client, info, log }: Context): Promise<void> {
  const { workflowId, runId } = info.workflowExecution ?? {};
  if (workflowId === undefined) return;
  await client.workflow
    .getHandle(workflowId, runId)
    .signal(STARTED_SIGNAL)
    .catch((error: unknown) => log.warn('workflow not told that its program started', { error }));
}
