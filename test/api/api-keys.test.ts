import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { digestKey } from '../../src/key-file.js';
import { createTestKeys, startApp } from './start-app.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  file = join(folder, 'keys.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

const REAL = 'alice:0123456789abcdef';
const ONLY_DEVELOPMENT =
  'only the development keys are set. Set real ones: API_KEYS="name:key,name:key" with keys of at least 16 characters.';

test.each([
  '0.0.0.0',
  '::',
  '10.0.0.1',
  '::ffff:10.0.0.1',
  'api.example.org',
  'localhost.example.org',
  '127.example.org',
])('%s is no loopback: development keys and anonymous callers are refused there', (host) => {
  expect(() => createTestKeys({ HTTP_HOST: host })).toThrow(
    `http.host is ${host}, which others can reach, but ${ONLY_DEVELOPMENT}`,
  );
  expect(() => createTestKeys({ HTTP_HOST: host, API_KEYS: REAL, ALLOW_ANONYMOUS: 'true' })).toThrow(
    'security.anonymous would let them in without a key. Turn it off, or set http.host to 127.0.0.1.',
  );
  expect(createTestKeys({ HTTP_HOST: host, API_KEYS: REAL }).find('dev-key-12345')).toBeUndefined();
});

test.each(['127.0.0.1', '127.1.2.3', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost'])(
  '%s is loopback: development keys and anonymous callers are let in',
  (host) => {
    const keys = createTestKeys({ HTTP_HOST: host, ALLOW_ANONYMOUS: 'true' });
    expect(keys.find('dev-key-12345')?.name).toBe('dev');
    expect(keys.anonymous).toEqual({ name: 'anonymous', owner: 'anonymous', isolation: 'container' });
  },
);

test('there is no anonymous caller unless it is set', () => {
  expect(createTestKeys().anonymous).toBeUndefined();
});

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

test.each([
  ['known', {}, 200],
  ['that expires tomorrow', { expires: TOMORROW }, 200],
  ['that expired yesterday', { expires: YESTERDAY }, 401],
  ['that expired by another zone’s clock', { expires: '2020-01-01T00:00:00+02:00' }, 401],
  ['that is disabled', { disabled: true }, 401],
  ['that is not disabled', { disabled: false }, 200],
])('a key of the file %s', async (_, fields, status) => {
  writeKeys([{ name: 'alice', sha256: digestKey('a key'), ...fields }]);
  const url = await startApp({ keys: createTestKeys({ KEY_FILE: file }) });
  const answer = await fetch(`${url}/jobs`, { headers: { 'X-API-Key': 'a key' } });
  expect(answer.status).toBe(status);
  if (status === 401) expect(await answer.text()).toBe('Invalid API key');
});

test('a key ends while the service runs', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  writeKeys([{ name: 'alice', sha256: digestKey('a key'), expires: TOMORROW }]);
  const keys = createTestKeys({ KEY_FILE: file });
  expect(keys.find('a key')).toBeDefined();
  vi.setSystemTime(Date.parse(TOMORROW));
  expect(keys.find('a key')).toBeUndefined();
  vi.useRealTimers();
});

test('a caller has the name, the limit and, as owner, a part of the digest', () => {
  writeKeys([{ name: 'alice', sha256: digestKey('a key'), 'max-requests': 7 }]);
  const keys = createTestKeys({ KEY_FILE: file, API_KEYS: REAL.replace('alice', 'bob') });
  expect(keys.find('a key')).toEqual({
    name: 'alice',
    owner: digestKey('a key').slice(0, 32),
    maxRequests: 7,
  });
  expect(keys.find('0123456789abcdef')).toMatchObject({ name: 'bob', maxRequests: undefined });
  expect(keys.find('dev-key-12345')).toBeUndefined();
});

test('the same key in two places is refused', () => {
  writeKeys([{ name: 'al', sha256: digestKey('0123456789abcdef'), disabled: true }]);
  expect(() => createTestKeys({ KEY_FILE: file, API_KEYS: REAL })).toThrow(
    'The keys alice and al are the same: remove one.',
  );
});

test('a file that changes is read again, and one that cannot be used changes nothing', {
  timeout: 30_000,
}, async () => {
  const lines: string[] = [];
  writeKeys([{ name: 'alice', sha256: digestKey('old') }]);
  const keys = createTestKeys({ KEY_FILE: file }, pino({}, { write: (line: string) => lines.push(line) }));
  writeKeys([
    { name: 'alice', sha256: digestKey('old'), disabled: true },
    { name: 'bob', sha256: digestKey('new') },
  ]);
  await vi.waitFor(() => expect(keys.find('new')?.name).toBe('bob'), 5_000);
  expect(keys.find('old')).toBeUndefined();
  writeFileSync(file, '- {name: bob, sha256: 12}');
  await vi.waitFor(() => expect(lines.join('')).toContain('keys.yaml:1 (0.sha256)'), 5_000);
  expect(lines.join('')).toContain('The keys before stay in force.');
  expect(keys.find('new')?.name).toBe('bob');
  rmSync(file);
  await vi.waitFor(() => expect(lines.join('')).toContain('cannot be read (ENOENT)'), 5_000);
  expect(keys.find('new')?.name).toBe('bob');
});

function writeKeys(entries: object[]): void {
  writeFileSync(file, JSON.stringify(entries));
}
