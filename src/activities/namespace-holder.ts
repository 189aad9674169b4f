// Idle containers whose empty network namespaces the jobs' containers join, one at a time.
import type Docker from 'dockerode';
import { RUNNER_LABEL, toHolderOptions } from './container-options.js';
import { callDocker, dockerStatus } from './docker-call.js';
import type { HolderDocker } from './slot-pool.js';

export type HolderOptions = { docker: Docker; runner: string; image: string; seccompProfile: string };

/** An engine under load now and then loses a container between making and starting it. A holder is nobody's yet: make another. */
const TRIES = 3;

/** Makes and removes holders named `braindrill-<runner>-holder-<index>`. */
export function createHolderDocker({ docker, runner, image, seccompProfile }: HolderOptions): HolderDocker {
  async function startHolder(index: number): Promise<string> {
    const name = `braindrill-${runner}-holder-${index}`;
    const options = toHolderOptions({ name, image, seccompProfile, labels: { [RUNNER_LABEL]: runner } });
    const container = await callDocker('create holder', (abortSignal) =>
      docker.createContainer({ ...options, abortSignal }),
    );
    try {
      await callDocker('start holder', (abortSignal) => container.start({ abortSignal }));
    } catch (error) {
      await removeHolder(docker, container.id);
      throw error;
    }
    return container.id;
  }

  return {
    async createHolder(index) {
      for (let tried = 1; ; tried++) {
        try {
          return await startHolder(index);
        } catch (error) {
          if (tried === TRIES || dockerStatus(error) !== 500) throw error;
        }
      }
    },
    removeHolder: (id) => removeHolder(docker, id),
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
