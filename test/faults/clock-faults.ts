// One host's clock is wrong: an API process beside the service's own sees another time than the rest, by libfaketime, which
// answers for the system's clock in the process that it is loaded into.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { startNode } from '../../src/start-node.js';
import { aptInstall } from '../../src/workers/apt-install.js';
import type { Fault } from './fault.js';
import { startLoad } from './steady-load.js';
import { hasEnded, type TestedService } from './tested-service.js';

/** The library reads its file once a second, and Node remembers the time of its answers for another. */
const SEEN = { timeout: 10_000 };

export const clockFaults: Fault[] = [
  {
    name: "API: its host's clock jumps an hour ahead and back",
    async inflict(service) {
      const folder = mkdtempSync(join(tmpdir(), 'braindrill-clock-'));
      const clock = join(folder, 'clock');
      writeFileSync(clock, '+0');
      const api = await startApi(service, folder, clock);
      const call: TestedService['call'] = (path, init) => service.call(path, init, 60_000, api.url);
      const load = startLoad({ ...service, call });
      try {
        await sleep(2_000);
        writeFileSync(clock, '+3600');
        await expect.poll(() => aheadMs(call), SEEN).toBeGreaterThan(3_500_000);
        await sleep(4_000);
        writeFileSync(clock, '+0');
        await expect.poll(() => aheadMs(call), SEEN).toBeLessThan(60_000);
        await sleep(2_000);
      } finally {
        await load.stop();
        await api.stop();
        rmSync(folder, { recursive: true });
      }
      return async () => {
        expect(load.accepted.length).toBeGreaterThan(5);
        for (const { jobId, output } of load.accepted) {
          expect(await service.until(jobId, hasEnded)).toMatchObject({ status: 'completed', output });
        }
      };
    },
  },
];

async function startApi({ environment, temporalAddress }: TestedService, folder: string, clock: string) {
  const api = await startNode({
    script: `${loadConfig(environment).root}/dist/src/api/server.js`,
    environment: {
      ...environment,
      TEMPORAL_ADDRESS: temporalAddress,
      LD_PRELOAD: await fakeTimeLibrary(),
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_CACHE_DURATION: '1',
      // Timers keep running: a jump is one of the time of day only.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    logFile: join(folder, 'api.log'),
    stopTimeoutMs: 35_000,
  });
  return { ...api, url: `http://127.0.0.1:${(api.ready as { port: number }).port}` };
}

/** From Debian, which is asked for it when it is not there. */
async function fakeTimeLibrary(): Promise<string> {
  const find = () =>
    readdirSync('/usr/lib')
      .map((folder) => `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`)
      .find((path) => existsSync(path));
  if (!find()) await aptInstall(['libfaketime']);
  return find() as string;
}

/** How far the API's clock is ahead. */
async function aheadMs(call: TestedService['call']): Promise<number> {
  const { headers } = await call('/health');
  return Date.parse(headers.get('date') as string) - Date.now();
}
