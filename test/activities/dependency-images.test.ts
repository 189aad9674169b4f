import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import {
  createDependencyImages,
  DependenciesRefused,
  type DependencyImageMaker,
} from '../../src/activities/dependency-images.js';
import type { Language } from '../../src/languages.js';
import { createRunnerMetrics } from '../../src/metrics.js';

const PYTHON = { id: 'python' } as Language;
const manifest = (text: string) => ({ name: 'requirements.txt', packages: [text], text });
const never = new AbortController().signal;

/** A maker whose images are names in a set; each is made when the test says so. */
function createMaker(has: Set<string> = new Set()) {
  const made: { name: string; signal: AbortSignal; end: (error?: Error) => void }[] = [];
  const rooms: Map<string, { jobs: number; usedAt: number }>[] = [];
  const maker: DependencyImageMaker = {
    nameOf: (_, { text }) => `image:${text}`,
    has: async (name) => has.has(name),
    make: (_language, _manifest, name, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        const end = (error?: Error) => {
          if (error) return reject(error);
          has.add(name);
          resolve([name]);
        };
        made.push({ name, signal, end });
      }),
    makeRoom: async (uses) => void rooms.push(new Map(uses)),
  };
  const metrics = createRunnerMetrics();
  const images = createDependencyImages({ maker, log: pino({ level: 'silent' }), metrics });
  const outcomes = async () => {
    const { values } = await metrics.resolutions.get();
    return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]));
  };
  return { images, made, rooms, has, outcomes };
}

test('jobs that ask for the same get one image, and later ones find it', async () => {
  const { images, made, rooms, outcomes } = createMaker();
  const lease = () => images.lease(PYTHON, manifest('a'), never);
  const leases = [lease(), lease(), lease()];
  await sleep(10);
  expect(made).toHaveLength(1);
  made[0]?.end();
  const leased = await Promise.all(leases);
  expect(leased.map(({ image }) => image)).toEqual(['image:a', 'image:a', 'image:a']);
  expect(rooms.at(-1)?.get('image:a')?.jobs).toBe(3);
  for (const { release } of leased) release();
  expect((await lease()).image).toBe('image:a');
  expect(made).toHaveLength(1);
  expect(await outcomes()).toEqual({ made: 1, found: 1 });
});

test('two are made at once, and others wait for their turn', async () => {
  const { images, made } = createMaker();
  const leases = ['a', 'b', 'c'].map((text) => images.lease(PYTHON, manifest(text), never));
  await sleep(10);
  expect(made.map(({ name }) => name)).toEqual(['image:a', 'image:b']);
  made[1]?.end();
  await sleep(10);
  expect(made.map(({ name }) => name)).toEqual(['image:a', 'image:b', 'image:c']);
  made[0]?.end();
  made[2]?.end();
  await Promise.all(leases);
});

test('what is refused is told to all who wait, and tried again for the next', async () => {
  const { images, made, outcomes } = createMaker();
  const leases = [1, 2].map(() => images.lease(PYTHON, manifest('a'), never));
  await sleep(10);
  made[0]?.end(new DependenciesRefused('no such package'));
  for (const { status, reason } of (await Promise.allSettled(leases)) as PromiseRejectedResult[]) {
    expect([status, reason]).toEqual(['rejected', new DependenciesRefused('no such package')]);
    expect(reason).toBeInstanceOf(DependenciesRefused);
  }
  const next = images.lease(PYTHON, manifest('a'), never);
  await sleep(10);
  made[1]?.end();
  expect((await next).image).toBe('image:a');
  expect(await outcomes()).toEqual({ refused: 1, made: 1 });
});

test('the platform’s failure is one that Temporal tries again', async () => {
  const { images, made, outcomes } = createMaker();
  const lease = images.lease(PYTHON, manifest('a'), never);
  await sleep(10);
  made[0]?.end(new Error('no route to host'));
  await expect(lease).rejects.toMatchObject({ type: 'DependenciesFailed', message: 'no route to host' });
  expect(await outcomes()).toEqual({ failed: 1 });
});

test('a job that is cancelled leaves; with the last one it is given up, and who comes then starts anew', async () => {
  const { images, made, rooms, outcomes } = createMaker();
  const [one, two] = [new AbortController(), new AbortController()];
  const leases = [one, two].map(({ signal }) => images.lease(PYTHON, manifest('a'), signal));
  await sleep(10);
  one.abort(new Error('cancelled'));
  await expect(leases[0]).rejects.toThrow('cancelled');
  expect(made[0]?.signal.aborted).toBe(false);
  two.abort(new Error('cancelled too'));
  await expect(leases[1]).rejects.toThrow('cancelled too');
  expect(made[0]?.signal.aborted).toBe(true);
  const next = images.lease(PYTHON, manifest('a'), never);
  await sleep(10);
  made[1]?.end();
  expect((await next).image).toBe('image:a');
  expect(rooms.at(-1)?.get('image:a')?.jobs).toBe(1);
  expect(await outcomes()).toEqual({ made: 1 });
});

test('a job that is cancelled while it waits for its turn starts nothing', async () => {
  const { images, made } = createMaker();
  const leases = ['a', 'b'].map((text) => images.lease(PYTHON, manifest(text), never));
  const waiting = new AbortController();
  const third = images.lease(PYTHON, manifest('c'), waiting.signal);
  await sleep(10);
  waiting.abort(new Error('cancelled'));
  await expect(third).rejects.toThrow('cancelled');
  for (const { end } of made) end();
  await Promise.all(leases);
  await sleep(10);
  expect(made).toHaveLength(2);
});
