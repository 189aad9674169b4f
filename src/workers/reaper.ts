// Removes containers that nobody waits for any more: those of this runner's earlier life at its start, later those past
// their deadline. Touches nothing without this runner's label.
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import { DEADLINE_LABEL, RUNNER_LABEL } from '../activities/container-options.js';

const INTERVAL_MS = 30_000;
const CALL_TIMEOUT_MS = 15_000;

export type Reaper = { stop(): void };

/** Removes everything that an earlier runner of this name left. */
export async function reapLeftovers(docker: Docker, runner: string, log: Logger): Promise<number> {
  return reap(docker, runner, () => true, log);
}

/** Looks every 30 s for containers past their deadline. */
export function startReaper(docker: Docker, runner: string, log: Logger): Reaper {
  const isLate = (deadline: string | undefined) =>
    deadline !== undefined && Date.parse(deadline) < Date.now();
  const timer = setInterval(() => {
    reap(docker, runner, isLate, log).catch((error: unknown) =>
      log.warn({ err: error }, 'reaper: Docker failed'),
    );
  }, INTERVAL_MS);
  return { stop: () => clearInterval(timer) };
}

async function reap(
  docker: Docker,
  runner: string,
  isLeft: (deadline: string | undefined) => boolean,
  log: Logger,
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
        .catch((error: unknown) => log.warn({ err: error, container: Id }, 'reaper: not removed'));
    }),
  );
  return left.length;
}
