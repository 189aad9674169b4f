import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { RUNNER_LABEL } from '../../src/activities/container-options.js';
import type { Fault } from './fault.js';
import { hasEnded, type TestedService } from './tested-service.js';

const SLEEPS = 'import time; time.sleep(3); print("survived")';

const pidOf = ({ processes }: TestedService) => processes.runner?.pid as number;

export const runnerFaults: Fault[] = [
  {
    name: 'runner: kill -9',
    async inflict(service) {
      const { jobId } = await service.startProgram('python', SLEEPS);
      process.kill(pidOf(service), 'SIGKILL');
      return async () => {
        const job = await service.until(jobId, hasEnded);
        expect(job).toMatchObject({ status: 'completed', output: 'survived\n', attempt: 2 });
      };
    },
  },
  {
    name: 'runner: stands still for 10 s',
    async inflict(service) {
      const pid = pidOf(service);
      const { jobId } = await service.startProgram('python', SLEEPS);
      process.kill(pid, 'SIGSTOP');
      await sleep(10_000);
      process.kill(pid, 'SIGCONT');
      return async () => {
        expect(await service.until(jobId, hasEnded)).toMatchObject({ output: 'survived\n' });
        expect(pidOf(service)).toBe(pid);
      };
    },
  },
  {
    name: 'runner: SIGTERM',
    async inflict(service) {
      const pid = pidOf(service);
      const { jobId } = await service.startProgram('python', SLEEPS);
      process.kill(pid, 'SIGTERM');
      const toldAt = Date.now();
      while (isAlive(pid)) {
        expect(Date.now() - toldAt).toBeLessThan(45_000);
        await sleep(20);
      }
      // It is started again a moment later, and cannot have made a container yet.
      const filters = { label: [`${RUNNER_LABEL}=${service.runner}`] };
      const left = await service.docker.listContainers({ all: true, filters });
      expect(left.map(({ Names }) => Names)).toEqual([]);
      return async () => {
        const job = await service.until(jobId, hasEnded);
        expect(job).toMatchObject({ status: 'completed', output: 'survived\n', attempt: 1 });
      };
    },
  },
];

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
