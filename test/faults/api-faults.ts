import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Fault } from './fault.js';
import { hasEnded, type TestedService } from './tested-service.js';

/** Whoever waits for a program does not know its job before it ends. By then the service has taken it. */
const TAKEN_MS = 1_500;

const pidOf = ({ processes }: TestedService) => processes.api?.pid as number;

export const apiFaults: Fault[] = [
  {
    name: 'API: kill -9 while a caller waits',
    async inflict(service) {
      const code = 'import time; time.sleep(3); print("nobody waited")';
      const answer = service.call('/lang/python', { method: 'POST', body: code }).catch(() => 'lost');
      await sleep(TAKEN_MS);
      process.kill(pidOf(service), 'SIGKILL');
      expect(await answer).toBe('lost');
      return ({ others }) => {
        const job = others.find(({ output }) => output === 'nobody waited\n');
        expect(job).toMatchObject({ status: 'completed' });
      };
    },
  },
  {
    name: 'API: kill -9 while jobs are submitted',
    async inflict(service) {
      const submitted = Array.from({ length: 8 }, (_, index) =>
        service
          .submit('python', `print("submitted ${index}")`)
          .then((jobId) => ({ jobId, output: `submitted ${index}\n` }))
          .catch(() => undefined),
      );
      await Promise.any(submitted);
      process.kill(pidOf(service), 'SIGKILL');
      const accepted = (await Promise.all(submitted)).filter((job) => job !== undefined);
      return async () => {
        for (const { jobId, output } of accepted) {
          expect(await service.until(jobId, hasEnded)).toMatchObject({ status: 'completed', output });
        }
      };
    },
  },
  {
    name: 'API: stands still for 10 s',
    async inflict(service) {
      const pid = pidOf(service);
      process.kill(pid, 'SIGSTOP');
      await sleep(10_000);
      process.kill(pid, 'SIGCONT');
      return () => expect(pidOf(service)).toBe(pid);
    },
  },
  {
    name: 'API: SIGTERM',
    async inflict(service) {
      const pid = pidOf(service);
      const code = 'import time; time.sleep(2); print("answered")';
      const answer = service.call('/lang/python', { method: 'POST', body: code });
      await sleep(TAKEN_MS);
      process.kill(pid, 'SIGTERM');
      expect(await (await answer).text()).toBe('answered\n');
      return () => expect(pidOf(service)).not.toBe(pid);
    },
  },
];
