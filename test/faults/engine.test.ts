// What happens to the engine that a service uses, which is the test's own.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { Fault } from './fault.js';
import { type OwnEngine, startOwnEngine } from './own-engine.js';
import { testFaults } from './pull-plug.js';
import { hasEnded, startTestedService, type TestedService } from './tested-service.js';

const SLEEPS = 'import time; time.sleep(4); print("survived")';

let engine: OwnEngine;
let service: TestedService;
beforeAll(async () => {
  engine = await startOwnEngine(inject('images'));
  service = await startTestedService('engine', engine.host);
});
afterAll(async () => {
  try {
    await service?.stop();
  } finally {
    await engine?.stop();
  }
});

const faults: Fault[] = [
  {
    name: 'engine: kill -9, back after 3 s',
    async inflict(service) {
      const runner = service.processes.runner?.pid;
      const { jobId } = await service.startProgram('python', SLEEPS);
      await engine.kill();
      await sleep(3_000);
      await engine.start();
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
      process.kill(engine.pid, 'SIGSTOP');
      await sleep(20_000);
      process.kill(engine.pid, 'SIGCONT');
      return async () => {
        expect(await service.until(jobId, hasEnded)).toMatchObject({ output: 'survived\n' });
        expect(service.processes.runner?.pid).toBe(runner);
      };
    },
  },
];

testFaults(faults, () => service);
