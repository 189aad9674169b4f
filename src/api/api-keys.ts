// Who may call. Keys are kept and compared as SHA-256 digests only.
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { Config } from '../config.js';

/** Who a request comes from. `owner` is what Temporal knows of the key: jobs belong to it. */
export type Caller = { name: string; owner: string };

export type ApiKeys = { find(key: string): Caller | undefined };

/** The seed's keys, for development. */
const DEVELOPMENT_KEYS = [
  { name: 'dev', key: 'dev-key-12345' },
  { name: 'prod', key: 'prod-key-67890' },
  { name: 'test', key: 'test-key-abcde' },
];

/**
 * The keys in force.
 * @throws Error when there are only the development keys and others than this machine could use them.
 */
export function createApiKeys({ http, security }: Config): ApiKeys {
  const configured = security['api-keys'];
  if (!configured && !isLoopback(http.host)) {
    throw new Error(
      `http.host is ${http.host}, which others can reach, but only the development keys are set. ` +
        'Set real ones: API_KEYS="name:key,name:key" with keys of at least 16 characters.',
    );
  }
  const callers = new Map<string, Caller>();
  for (const { name, key } of configured ?? DEVELOPMENT_KEYS) {
    callers.set(digest(key), { name, owner: digest(key).slice(0, 32) });
  }
  return { find: (key) => callers.get(digest(key)) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
