// A store in a bucket, at a real server: what it shares with a folder is in store-codec.test.ts.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { ApplicationFailure, Payload } from '@temporalio/common';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BucketOptions, openPayloadBucket } from '../../src/payloads/payload-bucket.js';
import { createPayloadStore, StoreFull } from '../../src/payloads/payload-store.js';
import { createStoreCodec } from '../../src/payloads/store-codec.js';
import { CREDENTIALS, startS3, type TestS3 } from './start-s3.js';

const MB = 2 ** 20;
const HOUR_MS = 3_600_000;
const BUCKET = 'payloads';
const log = pino({ level: 'silent' });
let s3: TestS3;
/** Each test has its own. */
let prefix: string;
let tests = 0;

beforeAll(async () => {
  s3 = await startS3(BUCKET);
  for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
}, 180_000);
afterAll(() => s3?.stop());
beforeEach(() => {
  tests += 1;
  prefix = `fleet/${tests}`;
});
afterEach(() => {
  vi.useRealTimers();
  return s3.plug.put();
});

const openPlace = (options: Partial<BucketOptions> = {}) =>
  openPayloadBucket({ url: `s3://${BUCKET}/${prefix}`, endpoint: s3.endpoint, ...options });
const openStore = async (mostBytes = 64 * MB, options: Partial<BucketOptions> = {}) =>
  createPayloadStore(await openPlace(options), mostBytes);
const openCodec = async (mostBytes?: number) => createStoreCodec({ store: await openStore(mostBytes), log });
const payloadOf = (bytes: number, fill = 'x'): Payload => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.alloc(bytes, fill),
});
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const write = (key: string, bytes: Buffer) =>
  s3.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: bytes }));

/** Names of all objects of the test, without the prefix. */
async function stored(): Promise<string[]> {
  const { Contents = [] } = await s3.client.send(
    new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `${prefix}/` }),
  );
  return Contents.map(({ Key = '' }) => Key.slice(prefix.length + 1));
}

/** What it rejects with, and how long that takes. */
async function failureOf(call: Promise<unknown>): Promise<{ error: ApplicationFailure; ms: number }> {
  const begun = performance.now();
  const error = await call.then(
    () => undefined,
    (error) => error,
  );
  return { error, ms: performance.now() - begun };
}

test('a large payload becomes an object called by the hour and its hash, and comes back', async () => {
  const codec = await openCodec();
  const [reference] = (await codec.encode([payloadOf(9 * MB), payloadOf(100)])) as [Payload];
  const names = await stored();
  const { sha256, hour } = JSON.parse(Buffer.from(reference.data ?? []).toString());
  expect(names).toEqual([`${hour}-${sha256}`]);
  expect(hour).toBe(Math.floor(Date.now() / HOUR_MS));
  const [back] = (await codec.decode([reference])) as [Payload];
  expect(Buffer.compare(Buffer.from(back.data ?? []), Buffer.alloc(9 * MB, 'x'))).toBe(0);
});

test('the whole bucket can be the store’s', async () => {
  const store = await openStore(64 * MB, { url: `s3://${BUCKET}` });
  await expect.poll(() => store.countBytes()).toBe(0);
  const bytes = Buffer.from('at the top');
  expect(await store.get(await store.put(bytes))).toEqual(bytes);
  expect(await store.countBytes()).toBe(bytes.length);
  expect(await store.sweep(-2 * HOUR_MS)).toBe(1);
});

describe('what cannot be read back is told, and no later try is asked for', () => {
  test('an object that is not there, of another size, with other bytes', async () => {
    const store = await openStore();
    const bytes = Buffer.from('as it was written');
    const reference = { sha256: hashOf(bytes), bytes: bytes.length, hour: 495_000 };
    const key = `${prefix}/495000-${reference.sha256}`;
    const why = async () => {
      const { error } = await failureOf(store.get(reference));
      return [error.name, error.message];
    };
    const begin = `payload ${reference.sha256}`;
    expect(await why()).toEqual(['PayloadUnreadable', `${begin} cannot be read (NoSuchKey)`]);
    await write(key, bytes.subarray(1));
    expect(await why()).toEqual(['PayloadUnreadable', `${begin} cannot be read (another size)`]);
    await write(key, Buffer.alloc(bytes.length));
    expect(await why()).toEqual(['PayloadUnreadable', `${begin} is not what was written`]);
  });

  test('a reference that is no name of ours', async () => {
    const store = await openStore();
    const malformed = await failureOf(store.get({ sha256: '../1', bytes: 1, hour: 1 }));
    expect(malformed.error.message).toBe('a reference to a payload is malformed');
    const sha256 = 'a'.repeat(64);
    const ofFolder = await failureOf(store.get({ sha256, bytes: 1 }));
    expect(ofFolder.error.message).toBe(`payload ${sha256} cannot be read (it is in no bucket)`);
  });
});

describe('a bucket that fails', () => {
  const later = { type: 'PayloadStoreFails', nextRetryDelay: 15_000, nonRetryable: false };

  test('by refusing connections: soon told, and medium payloads stay inline', async () => {
    const codec = await openCodec();
    const references = await codec.encode([payloadOf(MB)]);
    await s3.plug.pull();
    const written = await failureOf(codec.encode([payloadOf(2 * MB)]));
    expect(written.error).toMatchObject(later);
    expect(written.error.message).toBe(`payloads cannot be put into s3://${BUCKET}/${prefix} (ECONNREFUSED)`);
    const read = await failureOf(codec.decode(references));
    expect(read.error).toMatchObject(later);
    expect(read.error.message).toMatch(/^payload [0-9a-f]{64} cannot be read from .* \(ECONNREFUSED\)$/);
    expect(Math.max(written.ms, read.ms)).toBeLessThan(4_500);
    const without = performance.now();
    expect((await codec.encode([payloadOf(MB, 'y')]))[0]?.data?.length).toBe(MB);
    expect(performance.now() - without).toBeLessThan(50);
    await s3.plug.put();
    expect((await codec.decode(references))[0]?.data?.length).toBe(MB);
  });

  test('by not answering: told within 4 s', async () => {
    const codec = await openCodec();
    const references = await codec.encode([payloadOf(MB)]);
    s3.plug.stall();
    const [written, read] = await Promise.all([
      failureOf(codec.encode([payloadOf(2 * MB)])),
      failureOf(codec.decode(references)),
    ]);
    for (const { error, ms } of [written, read]) {
      expect(error).toMatchObject(later);
      expect(error.message).toContain('(no answer within 4 s)');
      expect(ms).toBeLessThan(5_000);
    }
  });

  test('for less than a moment: nobody notices', async () => {
    const store = await openStore();
    await s3.plug.pull();
    const put = store.put(Buffer.from('soon'));
    await sleep(20);
    await s3.plug.put();
    await put;
  });

  test('in the midst of an answer', async () => {
    const codec = await openCodec();
    const references = await codec.encode([payloadOf(MB)]);
    s3.plug.breakOffAfter(MB / 2);
    expect((await failureOf(codec.decode(references))).error).toMatchObject(later);
  });

  test('because there is no such bucket', async () => {
    const store = await openStore(MB, { url: 's3://another/one' });
    const { error } = await failureOf(store.put(Buffer.from('x')));
    expect(error).toMatchObject(later);
    expect(error.message).toMatch(/^payloads cannot be put into s3:\/\/another\/one \(NoSuchBucket: /);
  });
});

test('without a region anywhere it is not opened', async () => {
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  await expect(openPlace({ endpoint: undefined })).rejects.toThrow(/^payloads\.region: must be set/);
});

describe('the cap', () => {
  test('holds for what others have put, what is not ours apart', async () => {
    await write(`${prefix}/1-${'a'.repeat(64)}`, Buffer.alloc(9 * MB));
    await write(`${prefix}/${'a'.repeat(64)}`, Buffer.alloc(9 * MB));
    await write(`${prefix}/somebody-elses`, Buffer.alloc(9 * MB));
    await write(`${prefix}/deeper/1-${'a'.repeat(64)}`, Buffer.alloc(9 * MB));
    const store = await openStore(10 * MB);
    await expect.poll(() => store.countBytes()).toBe(9 * MB);
    const { error } = await failureOf(store.put(Buffer.alloc(2 * MB)));
    expect(error).toBeInstanceOf(StoreFull);
    expect(error.message).toBe(`no room for ${2 * MB} bytes in s3://${BUCKET}/${prefix}: payloads.max-mb`);
    await store.put(Buffer.alloc(MB));
    expect(await stored()).toHaveLength(5);
  });

  test('counts what is put again once', async () => {
    const store = await openStore(10 * MB);
    await expect.poll(() => store.countBytes()).toBe(0);
    for (let times = 0; times < 4; times += 1) await store.put(Buffer.alloc(4 * MB));
    expect(await store.countBytes()).toBe(4 * MB);
    const outcomes = await Promise.allSettled([1, 2, 3].map((fill) => store.put(Buffer.alloc(4 * MB, fill))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('a sweep removes what is old, over several pages, and touches nothing but its own objects', async () => {
  const store = await openStore(MB, { pageLength: 2 });
  const put = (text: string) => store.put(Buffer.from(text));
  const others = [`deeper/1-${'a'.repeat(64)}`, `${'a'.repeat(64)}`, `1-${'A'.repeat(64)}`, 'notes.txt'];
  for (const name of others) await write(`${prefix}/${name}`, Buffer.from('x'));
  vi.setSystemTime(Date.now() - 3 * HOUR_MS);
  const old = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => put(`old ${n}`)));
  vi.useRealTimers();
  const young = await put('young');
  const again = await put('old 1');
  expect(again.sha256).toBe(old[0]?.sha256);
  expect(await store.sweep(3 * HOUR_MS)).toBe(0);
  expect(await store.sweep(HOUR_MS)).toBe(6);
  const names = [young, again].map(({ hour, sha256 }) => `${hour}-${sha256}`);
  expect((await stored()).toSorted()).toEqual([...names, ...others].toSorted());
  expect(await store.get(again)).toEqual(Buffer.from('old 1'));
  expect(await store.sweep(-2 * HOUR_MS)).toBe(2);
  await expect.poll(() => store.countBytes()).toBe(0);
});

test('a sweep that goes on while the same payload is put takes nothing of what was put', async () => {
  const store = await openStore();
  const bytes = Buffer.from('at the same time');
  vi.setSystemTime(Date.now() - 3 * HOUR_MS);
  await store.put(bytes);
  vi.useRealTimers();
  const [removed, put] = await Promise.all([store.sweep(HOUR_MS), store.put(bytes)]);
  expect(removed).toBe(1);
  expect(await store.get(put)).toEqual(bytes);
});

test('a sweep ends with what the bucket says', async () => {
  const store = await openStore(MB, { url: 's3://another/one' });
  await expect(store.sweep(0)).rejects.toThrow('bucket does not exist');
  expect(await store.countBytes()).toBeUndefined();
});
