import type Docker from 'dockerode';
import pino from 'pino';
import { expect, test, vi } from 'vitest';
import { createRunnerMetrics } from '../../src/metrics.js';
import { reap } from '../../src/workers/reaper.js';

const AHEAD = Date.now() + 3_600_000;
const PAST = Date.now() - 1;

/** An engine with these containers, all of them this runner's. */
function createHost(containers: { name: string; state?: string }[], inUse: [string, number][]) {
  const removed: string[] = [];
  const listed = containers.map(({ name, state = 'running' }) => ({
    Id: `id of ${name}`,
    Names: [`/${name}`],
    State: state,
  }));
  const docker = {
    listContainers: vi.fn(async () => listed),
    getContainer: (id: string) => ({
      async remove() {
        if (id.includes('stuck')) throw new Error('no answer');
        removed.push(id.replace('id of ', ''));
      },
    }),
  };
  const discardDead = vi.fn(async (_runs: (holderId: string) => boolean) => {});
  const host = {
    name: 'r',
    docker: docker as unknown as Docker,
    slots: { discardDead } as never,
    containersInUse: new Map(inUse),
    log: pino({ level: 'silent' }),
    metrics: createRunnerMetrics(),
  };
  return { host, docker, removed, discardDead };
}

test('asks for the containers of this runner only, ended ones too', async () => {
  const { host, docker } = createHost([], []);
  await reap(host);
  expect(docker.listContainers).toHaveBeenCalledWith(
    expect.objectContaining({ all: true, filters: { label: ['braindrill.runner=r'] } }),
  );
});

test('removes what nobody here works with, and what is past its deadline, and counts them', async () => {
  const { host, removed } = createHost(
    [
      { name: 'runs' },
      { name: 'made-late', state: 'created' },
      { name: 'late' },
      { name: 'holder' },
      { name: 'old-holder' },
      { name: 'stuck' },
    ],
    [
      ['runs', AHEAD],
      ['late', PAST],
      ['holder', Number.POSITIVE_INFINITY],
    ],
  );
  await reap(host);
  expect(removed.toSorted()).toEqual(['late', 'made-late', 'old-holder']);
  const { values } = await host.metrics.containersReaped.get();
  expect(values[0]?.value).toBe(3);
});

test('slots whose holders have ended are discarded', async () => {
  const containers = [{ name: 'a' }, { name: 'b', state: 'exited' }, { name: 'c', state: 'paused' }];
  const { host, discardDead } = createHost(
    containers,
    containers.map(({ name }) => [name, AHEAD]),
  );
  await reap(host);
  const runs = discardDead.mock.calls[0]?.[0] as (holderId: string) => boolean;
  expect(['id of a', 'id of b', 'id of c', 'id of d'].map(runs)).toEqual([true, false, true, false]);
});
