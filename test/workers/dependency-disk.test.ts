import type Docker from 'dockerode';
import { expect, test } from 'vitest';
import { DEPENDENCIES_LABEL, makeRoom, removeStages } from '../../src/workers/dependency-disk.js';

const MIB = 1024 * 1024;
const BASE = {
  Id: 'sha256:base',
  RepoTags: ['braindrill/python:1'],
  Labels: {},
  Size: 100 * MIB,
  Created: 0,
};

const image = (name: string, mib: number, created: number, below = BASE.Id) => ({
  Id: `sha256:${name}`,
  RepoTags: [name],
  Labels: { [DEPENDENCIES_LABEL]: below },
  Size: (100 + mib) * MIB,
  Created: created,
});

/** An engine with these images; `kept` ones are a container's. Answers with what was removed, in order. */
async function room(images: object[], budgetMib: number, uses: object = {}, kept: string[] = []) {
  const removed: string[] = [];
  const docker = {
    listImages: async () => [BASE, ...images],
    getImage: (name: string) => ({
      remove: async () => {
        if (kept.includes(name)) throw Object.assign(new Error('conflict'), { statusCode: 409 });
        removed.push(name);
      },
    }),
  };
  await makeRoom(docker as unknown as Docker, budgetMib * MIB, new Map(Object.entries(uses)));
  return removed;
}

const three = [image('new', 40, 3_000), image('old', 40, 1_000), image('middle', 40, 2_000)];

test('what is over the languages’ images counts, and the oldest go until the others fit', async () => {
  expect(await room(three, 120)).toEqual([]);
  expect(await room(three, 119)).toEqual(['old']);
  expect(await room(three, 79)).toEqual(['old', 'middle']);
  expect(await room(three, 0)).toEqual(['old', 'middle', 'new']);
});

test('the last use counts before the making', async () => {
  const uses = { old: { jobs: 0, usedAt: 9_000_000 } };
  expect(await room(three, 119, uses)).toEqual(['middle']);
});

test('what a job or a container has stays, and others go in its place', async () => {
  const uses = { old: { jobs: 1, usedAt: 1 } };
  expect(await room(three, 119, uses)).toEqual(['middle']);
  expect(await room(three, 119, {}, ['old'])).toEqual(['middle']);
});

test('one whose name another has got goes by its id, as engines of any age tell of it', async () => {
  const [old, older] = [image('old', 40, 2_000), image('older', 40, 1_000)];
  const untagged = [
    { ...old, RepoTags: ['<none>:<none>'] },
    { ...older, RepoTags: [] },
  ];
  expect(await room([...untagged, image('new', 40, 3_000)], 50)).toEqual(['sha256:older', 'sha256:old']);
});

test('an image whose language’s image has gone goes, whatever room there is', async () => {
  expect(await room([...three, image('orphan', 1, 9_000, 'sha256:gone')], 1_000)).toEqual(['orphan']);
});

test.each([[['<none>:<none>']], [[]]])(
  'an image that lost its name (%j) goes by its id',
  async (RepoTags) => {
    const nameless = { ...image('nameless', 40, 500), RepoTags };
    expect(await room([...three, nameless], 120)).toEqual(['sha256:nameless']);
  },
);

test('what is left of a build is removed though the engine is removing for somebody else', async () => {
  const asked: string[] = [];
  const pruneImages = async ({ filters }: { filters: string }) => {
    asked.push(JSON.parse(filters).label[0]);
    if (asked.length < 3) throw Object.assign(new Error('already running'), { statusCode: 409 });
  };
  await removeStages({ pruneImages } as unknown as Docker, 'one');
  expect(asked).toEqual(Array(3).fill('braindrill.resolving=one'));
  const away = async () => Promise.reject(Object.assign(new Error('no'), { statusCode: 500 }));
  await expect(removeStages({ pruneImages: away } as unknown as Docker, 'one')).rejects.toThrow('no');
});
