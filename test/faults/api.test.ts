// What happens to the API, its clock and Temporal, on the machine's engine.
import { afterAll, beforeAll } from 'vitest';
import { apiFaults } from './api-faults.js';
import { clockFaults } from './clock-faults.js';
import { testFaults } from './pull-plug.js';
import { temporalFaults } from './temporal-faults.js';
import { startTestedService, type TestedService } from './tested-service.js';

let service: TestedService;
beforeAll(async () => {
  service = await startTestedService('api');
});
afterAll(() => service?.stop());

testFaults([...apiFaults, ...temporalFaults, ...clockFaults], () => service);
