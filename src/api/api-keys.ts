// Who may call. Keys are kept and compared as SHA-256 digests only.
import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { digestKey, type KeyEntry, readKeyFile } from '../key-file.js';
import { watchFile } from './watch-file.js';

/** Who a request comes from. `owner` is what Temporal knows of the key: jobs belong to it. */
export type Caller = {
  name: string;
  owner: string;
  /** Requests an hour, where this caller's are not what everybody's are. */
  maxRequests?: number | undefined;
  /** A container for each of its jobs alone. */
  isolation?: 'container' | undefined;
};

export type ApiKeys = {
  find(key: string): Caller | undefined;
  /** Who comes without a key, where that is allowed. */
  anonymous: Caller | undefined;
  /** Stops watching the key file. */
  stop(): void;
};

/** The seed's keys, for development. */
const DEVELOPMENT_KEYS: KeyEntry[] = [
  { name: 'dev', sha256: digestKey('dev-key-12345') },
  { name: 'prod', sha256: digestKey('prod-key-67890') },
  { name: 'test', sha256: digestKey('test-key-abcde') },
];

/**
 * The keys in force. The key file is read again when it changes; while it cannot be used, the keys before stay in force.
 * @throws Error when others than this machine could come with a development key or without any, or when the key file cannot be used.
 */
export function createApiKeys({ http, root, security }: Config, log: Logger): ApiKeys {
  const { 'api-keys': configured, 'key-file': keyFile, anonymous } = security;
  refuseOpenDoors(http.host, configured === undefined && keyFile === undefined, anonymous);
  const fixed = configured ?? (keyFile === undefined ? DEVELOPMENT_KEYS : []);
  const file = keyFile && resolve(root, keyFile);
  const read = () => toTable([...fixed, ...(file ? readKeyFile(file) : [])]);
  const stop = file ? watchFile(file, reread) : () => {};
  let entries = read();

  function reread(): void {
    try {
      entries = read();
      log.info({ keys: entries.size }, 'key file read again');
    } catch (error) {
      log.error(`${(error as Error).message}\nThe keys before stay in force.`);
    }
  }

  return {
    find(key) {
      const entry = entries.get(digestKey(key));
      return entry && isValid(entry) ? toCaller(entry) : undefined;
    },
    // Whoever they are: they may be many.
    anonymous: anonymous ? { name: 'anonymous', owner: 'anonymous', isolation: 'container' } : undefined,
    stop,
  };
}

/** Whether a host means this machine: an address, or the name localhost. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  return host === 'localhost' || (family !== 0 && LOOPBACK.check(host, family === 6 ? 'ipv6' : 'ipv4'));
}

// It knows ::ffff:127.0.0.1 to be 127.0.0.1.
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function refuseOpenDoors(host: string, onlyDevelopmentKeys: boolean, anonymous: boolean): void {
  if (isLoopback(host)) return;
  if (onlyDevelopmentKeys) {
    throw new Error(
      `http.host is ${host}, which others can reach, but only the development keys are set. ` +
        'Set real ones: API_KEYS="name:key,name:key" with keys of at least 16 characters.',
    );
  }
  if (anonymous) {
    throw new Error(
      `http.host is ${host}, which others can reach, and security.anonymous would let them in without a key. ` +
        'Turn it off, or set http.host to 127.0.0.1.',
    );
  }
}

/** A key that is in two places could be disabled in one and work by the other. */
function toTable(entries: KeyEntry[]): Map<string, KeyEntry> {
  const table = new Map<string, KeyEntry>();
  for (const entry of entries) {
    const same = table.get(entry.sha256);
    if (same) throw new Error(`The keys ${same.name} and ${entry.name} are the same: remove one.`);
    table.set(entry.sha256, entry);
  }
  return table;
}

function isValid({ disabled, expires }: KeyEntry): boolean {
  return !disabled && (expires === undefined || Date.parse(expires) > Date.now());
}

function toCaller({ name, sha256, 'max-requests': maxRequests, isolation }: KeyEntry): Caller {
  return { name, owner: sha256.slice(0, 32), maxRequests, isolation };
}
