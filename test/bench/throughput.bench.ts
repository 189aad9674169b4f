// How many Python hello worlds end in a second, beside empty jobs on the same Temporal server and beside `docker run`.
import { afterAll, beforeAll, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { findLanguage, type Language, loadLanguages } from '../../src/languages.js';
import { ALONE, type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { measureThroughput } from './measure.js';
import { type NoopJobs, startNoopJobs } from './noop/noop-jobs.js';
import { byDockerRun } from './outside.js';

const ROUNDS = 3;
const WINDOW_MS = 10_000;

const python = findLanguage(loadLanguages(`${PROJECT_ROOT}/languages`), 'python') as Language;
const EXPECTED = 'drill my brain\n';
let service: BenchService;
let noop: NoopJobs;

beforeAll(async () => {
  service = await startBenchService('python');
  noop = await startNoopJobs(service.temporalAddress);
});
afterAll(async () => {
  await noop.stop();
  await service.stop();
});

test('hello worlds a second', { timeout: 600_000 }, async () => {
  const hello = (key: string) => service.run(key, 'python', python.hello, EXPECTED);
  await measureThroughput(
    'throughput',
    [
      { name: 'empty jobs, 8 at once', atOnce: 8, run: () => noop.run() },
      { name: 'one caller, 8 at once', atOnce: 8, run: () => hello(CALLERS[0] as string) },
      { name: 'eight callers, one each', atOnce: 8, run: (lane) => hello(CALLERS[lane] as string) },
      { name: 'isolation: container, 8 at once', atOnce: 8, run: () => hello(ALONE) },
      { name: 'docker run --rm, 4 at once', atOnce: 4, run: byDockerRun(python, python.hello, EXPECTED) },
    ],
    { rounds: ROUNDS, windowMs: WINDOW_MS },
  );
});
