import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Payload } from '@temporalio/common';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEncryptionCodec } from '../../src/payloads/encryption-codec.js';
import { payloadConverter } from '../../src/payloads/payload-converter.js';
import { openPayloadFolder } from '../../src/payloads/payload-folder.js';
import { createPayloadStore } from '../../src/payloads/payload-store.js';
import { createStoreCodec, STORED_FROM_BYTES } from '../../src/payloads/store-codec.js';

const MB = 2 ** 20;
const log = pino({ level: 'silent' });
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'store-')), 'payloads');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const payloadOf = (bytes: number, fill = 'x'): Payload => ({
  metadata: { encoding: Buffer.from('json/plain'), more: Buffer.from('kept') },
  data: Buffer.alloc(bytes, fill),
});
const openStore = (mostBytes = 64 * MB) => createPayloadStore(openPayloadFolder(folder), mostBytes);
const open = (mostBytes?: number) => createStoreCodec({ store: openStore(mostBytes), log });
const stored = () => readdirSync(folder);
const referenceTo = (reference: unknown): Payload => ({
  metadata: { encoding: Buffer.from('binary/braindrill-stored') },
  data: Buffer.from(JSON.stringify(reference)),
});

test('a large payload becomes a file for its owner alone, called by its hash, and a small reference', async () => {
  const codec = open();
  const large = payloadOf(9 * MB);
  const [reference] = (await codec.encode([large])) as [Payload];
  expect(reference.data?.length).toBeLessThan(200);
  const [name = ''] = stored();
  const path = join(folder, name);
  expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(name);
  expect([statSync(path).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
  const [back] = (await codec.decode([reference])) as [Payload];
  expect(Buffer.compare(Buffer.from(back.data ?? []), Buffer.from(large.data ?? []))).toBe(0);
  expect(Buffer.from(back.metadata?.more ?? []).toString()).toBe('kept');
});

test('small payloads are the same objects as before, and no file', async () => {
  const codec = open();
  const small = [payloadOf(STORED_FROM_BYTES), payloadOf(0), {}];
  expect(await codec.encode(small)).toBe(small);
  expect(await codec.decode(small)).toBe(small);
  expect(stored()).toEqual([]);
});

test('the arguments of local activities stay where they are', async () => {
  const large = [payloadOf(MB)];
  const context = { type: 'activity', namespace: 'default', isLocal: true } as const;
  expect(await open().encode(large, context)).toBe(large);
  expect(await open().encode(large, { ...context, isLocal: false })).not.toBe(large);
});

test('what workflows get stays a reference for them alone, and goes on as it is', async () => {
  const codec = createStoreCodec({ store: openStore(), ofWorkflows: true, log });
  const references = await codec.encode([payloadOf(MB)]);
  const workflow = { type: 'workflow', namespace: 'default', workflowId: 'job' } as const;
  const activity = { type: 'activity', namespace: 'default', isLocal: true } as const;
  const kept = await codec.decode(references, workflow);
  expect(kept).toEqual(references);
  const [handedOn] = kept.map((payload) => payloadConverter.toPayload(payloadConverter.fromPayload(payload)));
  expect(handedOn).toBe(kept[0]);
  const encryption = createEncryptionCodec([{ id: '1'.repeat(16), key: randomBytes(32) }]);
  expect(await codec.encode(await encryption.encode(kept))).toEqual(references);
  expect((await codec.decode(kept, activity))[0]?.data?.length).toBe(MB);
  expect(stored()).toHaveLength(1);
});

test('one payload is one file, however often it is stored, and a damaged one is written anew', async () => {
  const codec = open();
  const [reference] = (await codec.encode([payloadOf(MB), payloadOf(MB)])) as [Payload];
  const [name = ''] = stored();
  expect(stored()).toHaveLength(1);
  truncateSync(join(folder, name), 5);
  await codec.encode([payloadOf(MB)]);
  expect((await codec.decode([reference]))[0]?.data?.length).toBe(MB);
});

describe('what cannot be read back is told', () => {
  const sha256 = 'a'.repeat(64);

  test.each([
    ['a path', { sha256: '../../etc/passwd', bytes: 10 }],
    ['a path as long as a hash', { sha256: `../../${'a'.repeat(58)}`, bytes: 10 }],
    ['a hash in capitals', { sha256: 'A'.repeat(64), bytes: 10 }],
    ['no size', { sha256 }],
    ['a huge size', { sha256, bytes: 1e12 }],
    ['half an hour', { sha256, bytes: 1, hour: 0.5 }],
    ['a path as hour', { sha256, bytes: 1, hour: '../0' }],
    ['a field more', { sha256, bytes: 1, folder: '/etc' }],
    ['no object', [sha256]],
  ])('a reference with %s', async (_, reference) => {
    await expect(open().decode([referenceTo(reference)])).rejects.toThrow(
      'a reference to a payload is malformed',
    );
  });

  test('a file that is not there', async () => {
    await expect(open().decode([referenceTo({ sha256, bytes: 1 })])).rejects.toThrow(
      `payload ${sha256} cannot be read (ENOENT)`,
    );
  });

  test('a file of another size, and one with other bytes', async () => {
    const codec = open();
    const references = await codec.encode([payloadOf(MB)]);
    const path = join(folder, stored()[0] as string);
    const bytes = readFileSync(path);
    truncateSync(path, bytes.length - 1);
    await expect(codec.decode(references)).rejects.toThrow('cannot be read (another size)');
    bytes[500] = 0;
    writeFileSync(path, bytes);
    await expect(codec.decode(references)).rejects.toThrow('is not what was written');
  });
});

describe('a store that is full', () => {
  test('refuses what Temporal would not take, and leaves no file of it', async () => {
    const codec = open(10 * MB);
    await codec.encode([payloadOf(9 * MB)]);
    await expect(codec.encode([payloadOf(2 * MB)])).rejects.toThrow('payloads.max-mb');
    expect(stored()).toHaveLength(1);
    // What is there already takes no room.
    await codec.encode([payloadOf(9 * MB)]);
  });

  test('leaves what Temporal takes to it', async () => {
    const [payload] = await open(MB / 2).encode([payloadOf(MB)]);
    expect(payload?.data?.length).toBe(MB);
    expect(stored()).toEqual([]);
  });

  test('knows what other processes have put there', async () => {
    const codec = open(10 * MB);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'b'.repeat(64)), Buffer.alloc(9 * MB));
    writeFileSync(join(folder, 'somebody-elses'), Buffer.alloc(9 * MB));
    await expect(codec.encode([payloadOf(2 * MB)])).rejects.toThrow('payloads.max-mb');
  });

  test('counts what is written at the same time', async () => {
    const codec = open(10 * MB);
    const letters = [...'abcdefgh'];
    const puts = letters.map((letter) => codec.encode([payloadOf(3 * MB, letter)]));
    const outcomes = await Promise.allSettled(puts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(stored()).toHaveLength(3);
  });
});

test('a folder that cannot be written to stores nothing, and is told for what does not fit elsewhere', async () => {
  const codec = open();
  rmSync(folder, { recursive: true });
  await expect(codec.encode([payloadOf(2 * MB)])).rejects.toThrow('ENOENT');
  expect((await codec.encode([payloadOf(MB)]))[0]?.data?.length).toBe(MB);
});

test('a folder that cannot be made is told with its setting', () => {
  writeFileSync(join(folder, '..', 'file'), '');
  expect(() => openPayloadFolder(join(folder, '..', 'file', 'payloads'))).toThrow(
    /^payloads\.folder: .* cannot be made/,
  );
});

test('what the store has is counted, without what lies there of others', async () => {
  const store = openStore();
  writeFileSync(join(folder, 'somebody-elses'), Buffer.alloc(100));
  expect(await store.countBytes()).toBe(0);
  await store.put(Buffer.alloc(1000));
  await store.put(Buffer.alloc(1000));
  await store.put(Buffer.alloc(500));
  expect(await store.countBytes()).toBe(1500);
  await store.sweep(-60_000);
  expect(await store.countBytes()).toBe(0);
});

test('a sweep removes what is old, and touches nothing but its own files', async () => {
  const store = openStore();
  const old = await store.put(Buffer.from('old'));
  const again = await store.put(Buffer.from('put again'));
  const others = ['notes.txt', 'c'.repeat(63), `.${'c'.repeat(64)}`, `${'c'.repeat(64)}.bak`];
  for (const name of others) writeFileSync(join(folder, name), '');
  const leftover = `.${'d'.repeat(64)}.${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`;
  writeFileSync(join(folder, leftover), '');
  mkdirSync(join(folder, 'e'.repeat(64)));
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const name of stored()) utimesSync(join(folder, name), longAgo, longAgo);
  await store.put(Buffer.from('put again'));
  const young = await store.put(Buffer.from('young'));

  expect(await store.sweep(60_000)).toBe(2);
  expect(existsSync(join(folder, old.sha256))).toBe(false);
  expect(stored().toSorted()).toEqual([...others, 'e'.repeat(64), again.sha256, young.sha256].toSorted());
});
