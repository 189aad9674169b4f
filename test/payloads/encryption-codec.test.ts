import { randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { expect, test } from 'vitest';
import { createEncryptionCodec } from '../../src/payloads/encryption-codec.js';
import type { PayloadKey } from '../../src/payloads/payload-keys.js';

const keyCalled = (id: string): PayloadKey => ({ id, key: randomBytes(32) });
const first = keyCalled('1'.repeat(16));
const second = keyCalled('2'.repeat(16));

const payload: Payload = {
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from('"the secret code"'),
};

const encode = async (codec: PayloadCodec) => (await codec.encode([payload]))[0] as Payload;
const decode = async (codec: PayloadCodec, encoded: Payload) => {
  const [{ metadata, data } = {}] = await codec.decode([encoded]);
  return [Buffer.from(metadata?.encoding ?? []).toString(), Buffer.from(data ?? []).toString()];
};

test('what is encrypted is decrypted whole, its metadata too, and shows neither', async () => {
  const codec = createEncryptionCodec([first]);
  const encoded = await encode(codec);
  const bytes = Buffer.concat([...Object.values(encoded.metadata ?? {}), encoded.data ?? new Uint8Array()]);
  expect(bytes.toString('latin1')).not.toMatch(/secret|json/);
  expect(await decode(codec, encoded)).toEqual(['json/plain', '"the secret code"']);
});

test('no two encryptions of one payload are alike', async () => {
  const codec = createEncryptionCodec([first]);
  expect((await encode(codec)).data).not.toEqual((await encode(codec)).data);
});

test('the first key encrypts, and every key decrypts', async () => {
  const old = await encode(createEncryptionCodec([first]));
  const rotated = createEncryptionCodec([second, first]);
  expect(await decode(rotated, old)).toEqual(['json/plain', '"the secret code"']);
  await expect(decode(createEncryptionCodec([first]), await encode(rotated))).rejects.toThrow(
    `a payload is encrypted by key ${second.id}, which payloads.key-file has not`,
  );
});

test('a key of the right name but other bytes decrypts nothing', async () => {
  const encoded = await encode(createEncryptionCodec([first]));
  const wrong = createEncryptionCodec([keyCalled(first.id)]);
  await expect(decode(wrong, encoded)).rejects.toThrow('an encrypted payload is not what was written');
});

test('a changed bit is found, wherever it is', async () => {
  const codec = createEncryptionCodec([first]);
  const encoded = await encode(codec);
  const data = Buffer.from(encoded.data ?? []);
  for (let at = 0; at < data.length; at++) {
    const changed = Buffer.from(data);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await expect(decode(codec, { ...encoded, data: changed })).rejects.toThrow('not what was written');
  }
});

test.each([0, 11, 27])('an encrypted payload of %i bytes is cut off', async (length) => {
  const codec = createEncryptionCodec([first]);
  const encoded = await encode(codec);
  const data = Buffer.from(encoded.data ?? []).subarray(0, length);
  await expect(decode(codec, { ...encoded, data })).rejects.toThrow('an encrypted payload is cut off');
});

test('what came in plain text is read in plain text', async () => {
  expect(await decode(createEncryptionCodec([first]), payload)).toEqual(['json/plain', '"the secret code"']);
});
