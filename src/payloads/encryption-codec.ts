// Payloads encrypted before they leave the process, in the form of Temporal's own samples: a whole payload, its metadata too,
// as nonce, ciphertext and tag of AES-256-GCM.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { fromBytes, hasEncoding, PayloadUnreadable, toBytes } from './payload-bytes.js';
import { STORED_ENCODING } from './payload-converter.js';
import type { PayloadKey } from './payload-keys.js';

const ENCODING = 'binary/encrypted';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts by the first key, and decrypts what any of them has encrypted. What is not encrypted, such as a job from Temporal's CLI, is left as it is. */
export function createEncryptionCodec(keys: readonly [PayloadKey, ...PayloadKey[]]): PayloadCodec {
  const [current] = keys;
  const metadata = {
    encoding: Buffer.from(ENCODING),
    'encryption-cipher': Buffer.from('AES-256-GCM'),
    'encryption-key-id': Buffer.from(current.id),
  };
  return {
    encode: async (payloads) =>
      payloads.map((payload) =>
        // What a workflow hands on is in the store as it was encrypted.
        hasEncoding(payload, STORED_ENCODING)
          ? payload
          : { metadata, data: encrypt(toBytes(payload), current.key) },
      ),
    decode: async (payloads) =>
      payloads.map((payload) =>
        hasEncoding(payload, ENCODING)
          ? fromBytes(decrypt(payload.data ?? NOTHING, keyOf(payload)))
          : payload,
      ),
  };

  function keyOf({ metadata }: Payload): Buffer {
    const id = Buffer.from(metadata?.['encryption-key-id'] ?? NOTHING).toString('latin1');
    const found = keys.find((key) => key.id === id);
    if (found) return found.key;
    const name = /^[0-9a-f]{16}$/.test(id) ? id : 'of another form';
    throw new PayloadUnreadable(`a payload is encrypted by key ${name}, which payloads.key-file has not`);
  }
}

const NOTHING = new Uint8Array();

function encrypt(bytes: Uint8Array, key: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(data: Uint8Array, key: Buffer): Buffer {
  const end = data.length - TAG_BYTES;
  if (end < NONCE_BYTES) throw new PayloadUnreadable('an encrypted payload is cut off');
  const decipher = createDecipheriv(CIPHER, key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(data.subarray(end));
  const bytes = decipher.update(data.subarray(NONCE_BYTES, end));
  try {
    decipher.final();
  } catch {
    throw new PayloadUnreadable('an encrypted payload is not what was written');
  }
  return bytes;
}
