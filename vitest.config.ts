import { defineConfig } from 'vitest/config';

const live = { pool: 'forks' as const, fileParallelism: false, testTimeout: 120_000, hookTimeout: 900_000 };

/** These mostly wait, each for a service that nobody else uses, and do so at the same time. */
const atOnce = { ...live, fileParallelism: true, maxWorkers: 6 };
const waiting = [
  'engine-away',
  'host-health',
  'dependencies-away',
  'contract-away',
  'slow-clients',
  'bucket',
].map((name) => `test/live/${name}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['live', 'sandbox', 'dependencies', 'faults', 'languages'].map(
            (folder) => `test/${folder}/**`,
          ),
          testTimeout: 20_000,
        },
      },
      {
        test: {
          ...live,
          name: 'live',
          include: ['test/live/**/*.test.ts', 'test/sandbox/**/*.test.ts'],
          exclude: waiting,
          globalSetup: 'test/live/global-setup.ts',
        },
      },
      { test: { ...atOnce, name: 'waiting', include: waiting, globalSetup: 'test/live/global-setup.ts' } },
      {
        test: {
          ...live,
          name: 'dependencies',
          include: ['test/dependencies/**/*.test.ts'],
          globalSetup: 'test/live/global-setup.ts',
        },
      },
      {
        test: {
          ...live,
          name: 'bench',
          include: ['test/bench/*.bench.ts'],
          globalSetup: 'test/live/global-setup.ts',
        },
      },
      {
        test: {
          ...atOnce,
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: 'test/faults/global-setup.ts',
        },
      },
      {
        test: {
          ...live,
          name: 'languages',
          include: ['test/languages/**/*.test.ts'],
          globalSetup: 'test/languages/global-setup.ts',
        },
      },
      // By `npm run test:fuzz`, without a service; in `live` too, for a short while.
      { test: { ...live, name: 'fuzz', include: ['test/sandbox/supervisor-fuzz.test.ts'] } },
    ],
  },
});
