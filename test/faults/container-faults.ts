import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { expect, inject } from 'vitest';
import { RUNNER_LABEL } from '../../src/activities/container-options.js';
import type { Fault } from './fault.js';
import { hasEnded, type TestedService } from './tested-service.js';

/** The promise is 2 s for the attempt; then its container is removed, on a machine that may be busy. */
const GONE_LIMIT_MS = 4_000;

export const containerFaults: Fault[] = [
  meddle('container: removed', (container) => container.remove({ force: true })),
  meddle('container: killed', (container) => container.kill()),
  meddle('container: paused', (container) => container.pause()),
  {
    name: 'container: left behind',
    async inflict(service) {
      const own = await leak(service, { [RUNNER_LABEL]: service.runner });
      const foreign = await leak(service, { [RUNNER_LABEL]: `${service.runner}-other` });
      try {
        await expect.poll(() => isThere(own), { timeout: 40_000 }).toBe(false);
        expect(await isThere(foreign)).toBe(true);
      } finally {
        await foreign.remove({ force: true });
      }
      return undefined;
    },
  },
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

/** What an engine made after its runner had given up: nobody knows of it. */
async function leak(
  { docker, runner }: TestedService,
  labels: Record<string, string>,
): Promise<Docker.Container> {
  const Cmd = ['--dir', '/', '--time-limit-ms', '1000', '--output-bytes', '1', '--run', '/supervisor'];
  const Image = inject('images')[0] as string;
  const options = {
    Image,
    Entrypoint: ['/supervisor'],
    Cmd,
    OpenStdin: true,
    HostConfig: { NetworkMode: 'none' },
  };
  const container = await docker.createContainer({
    ...options,
    name: `leaked-${runner}-${randomUUID()}`,
    Labels: labels,
  });
  await container.start();
  return container;
}

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
