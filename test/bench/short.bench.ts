// What `npm test` holds of the benchmark: ratios within one run, with room for a machine that does something else as well.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { findLanguage, type Language, loadLanguages } from '../../src/languages.js';
import { ALONE, type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { measure, measureThroughput } from './measure.js';
import { byDockerRun } from './outside.js';

const python = findLanguage(loadLanguages(`${PROJECT_ROOT}/languages`), 'python') as Language;
const EXPECTED = 'drill my brain\n';
const byDocker = byDockerRun(python, python.hello, EXPECTED);
let service: BenchService;

beforeAll(async () => {
  service = await startBenchService('python');
});
afterAll(() => service.stop());

const hello = (key: string) => service.run(key, 'python', python.hello, EXPECTED);
const caller = { name: 'one caller', run: () => hello(CALLERS[0] as string) };
const alone = { name: 'isolation: container', run: () => hello(ALONE) };
const docker = { name: 'docker run --rm', run: byDocker };

test('a hello world takes at most two fifths of docker run, in a container of its own at most three', async () => {
  const ratios = await measure('short hello', [docker, caller, alone], 10);
  expect(ratios[caller.name]).toBeLessThan(0.4);
  expect(ratios[alone.name]).toBeLessThan(0.6);
});

test('more hello worlds end in a second than by docker run', async () => {
  const atOnce = 4;
  const variants = [docker, caller, alone].map((variant) => ({ ...variant, atOnce }));
  const ratios = await measureThroughput('short throughput', variants, { rounds: 2, windowMs: 4_000 });
  expect(ratios[caller.name]).toBeGreaterThan(2);
  expect(ratios[alone.name]).toBeGreaterThan(1);
});
