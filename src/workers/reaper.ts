// Removes containers that nobody waits for any more: those of this runner's earlier life at its start, later those past
// their deadline. Touches nothing without this runner's label.
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import { DEADLINE_LABEL, RUNNER_LABEL } from '../activities/container-options.js';
import type { RunnerMetrics } from '../metrics.js';

const INTERVAL_MS = 30_000;
const CALL_TIMEOUT_MS = 15_000;

export type Reaper = { stop(): void };

export type ReaperOptions = { docker: Docker; runner: string; log: Logger; metrics: RunnerMetrics };

/** Removes everything that an earlier runner of this name left. */
export async function reapLeftovers(options: ReaperOptions): Promise<number> {
  return reap(options, () => true);
}

/** Looks every 30 s for containers past their deadline. */
export function startReaper(options: ReaperOptions): Reaper {
  const isLate = (deadline: string | undefined) =>
    deadline !== undefined && Date.parse(deadline) < Date.now();
  const timer = setInterval(() => {
    reap(options, isLate).catch((error: unknown) =>
      options.log.warn({ err: error }, 'reaper: Docker failed'),
    );
  }, INTERVAL_MS);
  return { stop: () => clearInterval(timer) };
}

async function reap(
  { docker, runner, log, metrics }: ReaperOptions,
  isLeft: (deadline: string | undefined) => boolean,
): Promise<number> {
  const containers = await docker.listContainers({
    all: true,
    filters: { label: [`${RUNNER_LABEL}=${runner}`] },
    abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  const left = containers.filter(({ Labels }) => isLeft(Labels[DEADLINE_LABEL]));
  await Promise.all(
    left.map(async ({ Id, Names }) => {
      log.warn({ container: Names[0] ?? Id }, 'reaper: removing a container that nobody waits for');
      const abortSignal = AbortSignal.timeout(CALL_TIMEOUT_MS);
      await docker
        .getContainer(Id)
        .remove({ force: true, v: true, abortSignal })
        .then(
          () => metrics.containersReaped.inc(),
          (error: unknown) => log.warn({ err: error, container: Id }, 'reaper: not removed'),
        );
    }),
  );
  return left.length;
}
