// What happens to runners and their containers, on the machine's engine.
import { afterAll, beforeAll } from 'vitest';
import { containerFaults } from './container-faults.js';
import { testFaults } from './pull-plug.js';
import { runnerFaults } from './runner-faults.js';
import { startTestedService, type TestedService } from './tested-service.js';

let service: TestedService;
beforeAll(async () => {
  service = await startTestedService('runner');
});
afterAll(() => service?.stop());

testFaults([...runnerFaults, ...containerFaults], () => service);
