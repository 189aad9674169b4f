// The key file of payloads: one base64 key a line, as a YAML list has them too. Lines, because what is wrong must be told
// without the secret that stands there.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type PayloadKey = {
  /** Goes with what it encrypts: 16 hexadecimal digits of its digest. */
  id: string;
  key: Buffer;
};

const KEY_BYTES = 32;
const SETTING = 'payloads.key-file';

/**
 * Reads the keys; the first encrypts, all decrypt.
 * @throws Error that names the setting and lists every bad line.
 */
export function readPayloadKeys(file: string): PayloadKey[] {
  const keys: PayloadKey[] = [];
  const problems: string[] = [];
  for (const [index, line] of readLines(file).entries()) {
    const text = line.replace(/(^|\s)#.*$/, '').trim();
    if (text === '' || text === '---') continue;
    const key = parseKey(text);
    if (key === undefined) problems.push(`${file}:${index + 1}: must be ${KEY_BYTES} bytes as base64`);
    else if (keys.some(({ id }) => id === key.id)) problems.push(`${file}:${index + 1}: is there twice`);
    else keys.push(key);
  }
  if (keys.length === 0 && problems.length === 0) problems.push(`${file} has no key`);
  if (problems.length === 0) return keys;
  throw new Error([`${SETTING} cannot be used:`, ...problems].join('\n  '));
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw new Error(`${SETTING}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function parseKey(text: string): PayloadKey | undefined {
  const [, base64 = ''] = /^(?:-\s+)?["']?([A-Za-z0-9+/]{43}=)["']?$/.exec(text) ?? [];
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES) return undefined;
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}
