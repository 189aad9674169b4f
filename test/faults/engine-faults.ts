import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Fault } from './fault.js';
import type { OwnEngine } from './own-engine.js';
import { hasEnded } from './tested-service.js';

const SLEEPS = 'import time; time.sleep(4); print("survived")';

/** What happens to the engine that a service uses, which must be the test's own. */
export function createEngineFaults(engine: () => OwnEngine): Fault[] {
  return [
    {
      name: 'engine: kill -9, back after 3 s',
      async inflict(service) {
        const runner = service.processes.runner?.pid;
        const { jobId } = await service.startProgram('python', SLEEPS);
        await engine().kill();
        await sleep(3_000);
        await engine().start();
        return async () => {
          const job = await service.until(jobId, hasEnded);
          expect(job).toMatchObject({ status: 'completed', output: 'survived\n', attempt: 2 });
          expect(service.processes.runner?.pid).toBe(runner);
        };
      },
    },
    {
      name: 'engine: stands still for 20 s',
      async inflict(service) {
        const runner = service.processes.runner?.pid;
        const { jobId } = await service.startProgram('python', SLEEPS);
        process.kill(engine().pid, 'SIGSTOP');
        await sleep(20_000);
        process.kill(engine().pid, 'SIGCONT');
        return async () => {
          expect(await service.until(jobId, hasEnded)).toMatchObject({ output: 'survived\n' });
          expect(service.processes.runner?.pid).toBe(runner);
        };
      },
    },
  ];
}
