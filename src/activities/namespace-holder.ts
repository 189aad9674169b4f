// Idle containers whose empty network namespaces the jobs' containers join, one at a time.
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import type { ContainersInUse } from './attempt.js';
import { RUNNER_LABEL, type Slot, toHolderOptions } from './container-options.js';
import { callDocker, dockerStatus } from './docker-call.js';
import type { HolderDocker } from './slot-pool.js';

export type HolderOptions = {
  docker: Docker;
  runner: string;
  image: string;
  seccompProfile: string;
  /** Gets the names of the holders that are not to be reaped. */
  containersInUse: ContainersInUse;
  log: Logger;
};

/** An engine under load now and then loses a container between making and starting it. A holder is nobody's yet: make another. */
const TRIES = 3;

/** Makes and removes holders named `braindrill-<runner>-holder-<index>`. */
export function createHolderDocker(options: HolderOptions): HolderDocker {
  const { docker, runner, image, seccompProfile, containersInUse, log } = options;
  const nameOf = (index: number) => `braindrill-${runner}-holder-${index}`;

  async function startHolder(name: string): Promise<string> {
    const holderOptions = toHolderOptions({
      name,
      image,
      seccompProfile,
      labels: { [RUNNER_LABEL]: runner },
    });
    const container = await callDocker('create holder', (abortSignal) =>
      docker.createContainer({ ...holderOptions, abortSignal }),
    );
    try {
      await callDocker('start holder', (abortSignal) => container.start({ abortSignal }));
    } catch (error) {
      await removeHolder(docker, container.id);
      throw error;
    }
    return container.id;
  }

  async function createHolder(index: number): Promise<string> {
    const name = nameOf(index);
    containersInUse.set(name, Number.POSITIVE_INFINITY);
    for (let tried = 1; ; tried++) {
      try {
        return await startHolder(name);
      } catch (error) {
        if (tried < TRIES && dockerStatus(error) === 500) continue;
        containersInUse.delete(name);
        throw error;
      }
    }
  }

  return {
    createHolder,
    async removeHolder({ index, holderId }: Slot) {
      const removed = await removeHolder(docker, holderId).then(
        () => true,
        (error: unknown) => {
          log.warn({ err: error, container: holderId }, 'holder not removed, left to the reaper');
          return false;
        },
      );
      containersInUse.delete(nameOf(index));
      return removed;
    },
    abandonHolder: ({ index }) => void containersInUse.delete(nameOf(index)),
  };
}

async function removeHolder(docker: Docker, id: string): Promise<void> {
  try {
    await callDocker('remove holder', (abortSignal) =>
      docker.getContainer(id).remove({ force: true, v: true, abortSignal }),
    );
  } catch (error) {
    if (dockerStatus(error) !== 404) throw error;
  }
}
