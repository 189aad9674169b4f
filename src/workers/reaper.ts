// Removes containers that nobody waits for any more: those of this runner's earlier life, those that an engine made after it had
// been given up, those past their deadline. Touches nothing without this runner's label.
import type Docker from 'dockerode';
import { RUNNER_LABEL } from '../activities/container-options.js';
import type { RunnerHost } from '../activities/run-program.js';

const INTERVAL_MS = 30_000;
const CALL_TIMEOUT_MS = 15_000;

export type Reaper = { stop(): void };

type ReapedHost = Pick<RunnerHost, 'name' | 'docker' | 'slots' | 'containersInUse' | 'log' | 'metrics'>;

/** Looks every 30 s. */
export function startReaper(host: ReapedHost): Reaper {
  const timer = setInterval(() => {
    reap(host).catch((error: unknown) => host.log.warn({ err: error }, 'reaper: Docker failed'));
  }, INTERVAL_MS);
  return { stop: () => clearInterval(timer) };
}

/** Removes what is left over, and the slots whose holders have ended. */
export async function reap(host: ReapedHost): Promise<void> {
  const containers = await host.docker.listContainers({
    all: true,
    filters: { label: [`${RUNNER_LABEL}=${host.name}`] },
    abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  const left = containers.filter((container) => isLeft(container, host));
  const running = containers.filter(({ State }) => State === 'running' || State === 'paused');
  const runningIds = new Set(running.map(({ Id }) => Id));
  await Promise.all([
    host.slots.discardDead((holderId) => runningIds.has(holderId)),
    ...left.map((container) => remove(container, host)),
  ]);
}

function isLeft({ Names }: Docker.ContainerInfo, { containersInUse }: ReapedHost): boolean {
  const name = Names[0]?.replace(/^\//, '') ?? '';
  return (containersInUse.get(name) ?? 0) < Date.now();
}

async function remove(
  { Id, Names }: Docker.ContainerInfo,
  { docker, log, metrics }: ReapedHost,
): Promise<void> {
  log.warn({ container: Names[0] ?? Id }, 'reaper: removing a container that nobody waits for');
  const abortSignal = AbortSignal.timeout(CALL_TIMEOUT_MS);
  await docker
    .getContainer(Id)
    .remove({ force: true, v: true, abortSignal })
    .then(
      () => metrics.containersReaped.inc(),
      (error: unknown) => log.warn({ err: error, container: Id }, 'reaper: not removed'),
    );
}
