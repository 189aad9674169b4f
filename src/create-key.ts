// Entry of `npm run create-key`: makes a key, appends its digest to the key file, and prints the key, this once.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { addKeyEntry } from './add-key-entry.js';
import { loadConfig } from './config.js';
import { digestKey, parseKeyEntry } from './key-file.js';
import { runEntry } from './run-entry.js';

const USAGE =
  'usage: npm run create-key -- --name NAME [--expires 2030-01-31T00:00:00Z] [--max-requests N] [--isolation container] [--key-file PATH]';

const KEY_BYTES = 24;

async function run(): Promise<void> {
  const { name, expires, isolation, 'max-requests': maxRequests, 'key-file': keyFile } = readArguments();
  const { root, security } = loadConfig();
  const file = keyFile ?? security['key-file'];
  if (file === undefined) {
    throw new Error('Say where keys are kept: --key-file PATH here, and KEY_FILE=PATH for the service.');
  }
  const key = `bd_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const entry = parseKeyEntry({
    name,
    sha256: digestKey(key),
    ...(maxRequests === undefined ? {} : { 'max-requests': Number(maxRequests) }),
    ...(isolation === undefined ? {} : { isolation }),
    ...(expires === undefined ? {} : { expires }),
  });
  const path = resolve(root, file);
  addKeyEntry(path, entry);
  console.error(
    `The key of ${entry.name}; only its digest is kept, in ${path}. Services that use this file know it in a second.`,
  );
  console.log(key);
}

function readArguments() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: { name: text, expires: text, isolation: text, 'max-requests': text, 'key-file': text },
    }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}

runEntry(run);
