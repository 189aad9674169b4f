import { defineConfig } from 'vitest/config';

const live = { pool: 'forks' as const, fileParallelism: false, testTimeout: 120_000, hookTimeout: 900_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/live/**', 'test/sandbox/**'],
        },
      },
      {
        test: {
          ...live,
          name: 'live',
          include: ['test/live/**/*.test.ts', 'test/sandbox/**/*.test.ts'],
          globalSetup: 'test/live/global-setup.ts',
        },
      },
      // By `npm run test:fuzz`, without a service; in `live` too, for a short while.
      { test: { ...live, name: 'fuzz', include: ['test/sandbox/supervisor-fuzz.test.ts'] } },
    ],
  },
});
