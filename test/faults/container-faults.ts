import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { expect } from 'vitest';
import type { Fault } from './fault.js';
import { hasEnded } from './tested-service.js';

/** The promise is 2 s for the attempt; then its container is removed, on a machine that may be busy. */
const GONE_LIMIT_MS = 4_000;

export const containerFaults: Fault[] = [
  meddle('container: removed', (container) => container.remove({ force: true })),
  meddle('container: killed', (container) => container.kill()),
  meddle('container: paused', (container) => container.pause()),
  {
    name: 'container: paused, a program without an end',
    async inflict(service) {
      const { jobId, container } = await service.startProgram('perl', 'sleep 60;');
      await container.pause();
      return async () => {
        expect(await service.until(jobId, hasEnded)).toMatchObject({ status: 'timedout', attempt: 2 });
      };
    },
  },
];

/** Somebody lays hands on a container: the attempt ends soon, and the job on another one. */
function meddle(name: string, act: (container: Docker.Container) => Promise<unknown>): Fault {
  return {
    name,
    async inflict(service) {
      const { jobId, container } = await service.startProgram(
        'python',
        'import time; time.sleep(3); print("again")',
      );
      await act(container);
      const deadline = Date.now() + GONE_LIMIT_MS;
      while (await isThere(container)) {
        expect(Date.now(), 'the container is still there').toBeLessThan(deadline);
        await sleep(50);
      }
      return async () => {
        const job = await service.until(jobId, hasEnded);
        expect(job).toMatchObject({ status: 'completed', output: 'again\n', attempt: 2 });
      };
    },
  };
}

async function isThere(container: Docker.Container): Promise<boolean> {
  return container.inspect().then(
    () => true,
    ({ statusCode }) => statusCode !== 404,
  );
}
