import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Fault } from './fault.js';
import { hasEnded, type TestedService } from './tested-service.js';

const pidOf = ({ processes }: TestedService) => processes.temporal?.pid as number;

export const temporalFaults: Fault[] = [
  {
    name: 'Temporal: kill -9',
    async inflict(service) {
      const { jobId } = await service.startProgram('python', 'import time; time.sleep(2); print("went on")');
      process.kill(pidOf(service), 'SIGKILL');
      return async () => {
        expect(await service.until(jobId, hasEnded)).toMatchObject({
          status: 'completed',
          output: 'went on\n',
        });
      };
    },
  },
  {
    name: 'Temporal: stands still for 10 s',
    async inflict(service) {
      const pid = pidOf(service);
      const { jobId } = await service.startProgram('python', 'import time; time.sleep(2); print("went on")');
      process.kill(pid, 'SIGSTOP');
      try {
        await Promise.all([sleep(10_000), expectRefusal(service)]);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      return async () => {
        // Its result was known here before the server heard of it: the program has not been run again.
        const job = await service.until(jobId, hasEnded);
        expect(job).toMatchObject({ status: 'completed', output: 'went on\n', attempt: 1 });
      };
    },
  },
];

/** What the contract promises within 2 s; the test machine may be busy. */
async function expectRefusal(service: TestedService): Promise<void> {
  const askedAt = Date.now();
  const body = JSON.stringify({ code: 'print(1)', language: 'python' });
  const response = await service.call('/jobs', { method: 'POST', body });
  expect([response.status, await response.text()]).toEqual([503, 'something went wrong']);
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(Date.now() - askedAt).toBeLessThan(3_000);
  expect((await service.call('/health')).status).toBe(200);
  expect((await service.call('/ready')).status).toBe(503);
}
