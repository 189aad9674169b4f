import type Docker from 'dockerode';
import pino from 'pino';
import { expect, test } from 'vitest';
import { createHolderDocker } from '../../src/activities/namespace-holder.js';

/** An engine whose first `failures` starts fail with `statusCode`. */
function createEngine(failures: number, statusCode: number) {
  const present: string[] = [];
  let made = 0;
  const toContainer = (id: string) => ({
    id,
    start: async () => {
      if (failures-- > 0) throw Object.assign(new Error('cannot start a stopped process'), { statusCode });
    },
    remove: async () => void present.splice(present.indexOf(id), 1),
  });
  const docker = {
    async createContainer() {
      const id = `container ${++made}`;
      present.push(id);
      return toContainer(id);
    },
    getContainer: toContainer,
  } as unknown as Docker;
  const containersInUse = new Map<string, number>();
  const log = pino({ level: 'silent' });
  const options = { docker, runner: 'x', image: 'y', seccompProfile: '{}', containersInUse, log };
  return { present, containersInUse, holders: createHolderDocker(options) };
}

test('a holder that the engine lost at its start is replaced by another', async () => {
  const { present, containersInUse, holders } = createEngine(2, 500);
  expect(await holders.createHolder(0)).toBe('container 3');
  expect(present).toEqual(['container 3']);
  expect([...containersInUse.keys()]).toEqual(['braindrill-x-holder-0']);
  expect(await holders.removeHolder({ index: 0, uid: 60_000, holderId: 'container 3' })).toBe(true);
  expect(present).toEqual([]);
  expect([...containersInUse.keys()]).toEqual([]);
});

test.each([
  [3, 500],
  [1, 400],
])('%i failed starts with status %i are told, and leave nothing', async (failures, status) => {
  const { present, containersInUse, holders } = createEngine(failures, status);
  await expect(holders.createHolder(0)).rejects.toThrow('docker start holder: cannot start');
  expect(present).toEqual([]);
  expect([...containersInUse.keys()]).toEqual([]);
});
