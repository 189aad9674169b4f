import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../src/config.js';
import { digestKey } from '../src/key-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(yaml: string, environment: NodeJS.ProcessEnv = {}) {
  const path = join(folder, 'application.yaml');
  writeFileSync(path, yaml);
  return loadConfig({ CONFIG_FILE: path, ...environment });
}

test('an empty file gives the seed’s defaults', () => {
  const config = load('');
  expect(config.http).toMatchObject({ host: '127.0.0.1', port: 8080, 'cors-origins': [] });
  expect(config.security['rate-limit']['max-requests']).toBe(100);
  expect(config.jobs.ttl).toBe(3_600_000);
  expect(config.languages).toEqual(['java', 'python', 'ruby', 'perl', 'javascript', 'php']);
});

test('the environment wins over the file, and the file over the defaults', () => {
  const yaml = 'http: {port: 9000}\nsecurity: {rate-limit: {max-requests: 7}}';
  const config = load(yaml, { RATE_LIMIT_MAX_REQUESTS: '8', LANGUAGES: 'python, c' });
  expect(config.http.port).toBe(9000);
  expect(config.security['rate-limit']['max-requests']).toBe(8);
  expect(config.languages).toEqual(['python', 'c']);
});

test('an empty variable is none', () => {
  expect(load('', { HTTP_PORT: '' }).http.port).toBe(8080);
});

test.each([
  ['1 hour', 3_600_000],
  ['90 minutes', 5_400_000],
  ['30s', 30_000],
])('a duration of %s is %i ms', (text, ms) => {
  expect(load(`jobs: {ttl: ${text}}`).jobs.ttl).toBe(ms);
});

test('all problems are told at once, each with its key', () => {
  const yaml = 'http: {port: 70000}\njobs: {ttl: soon}\nhtpp: {}\nresources: {python: {cpus: -1}}';
  const problems = ['http.port', 'jobs.ttl', 'htpp', 'resources.python.cpus'];
  for (const problem of problems) expect(() => load(yaml)).toThrow(problem);
});

test('problems of a file are told with line and key, those of the environment with the variable', () => {
  const yaml = [
    'http:',
    '  port: 70000',
    '  host: a',
    '  host: b',
    'security:',
    '  rate-limit:',
    '    max-requests: 0',
    'languages:',
    '  - python',
    '  - 7',
    'resources: {python: {cpu: 1}}',
  ].join('\n');
  const environment = { LOG_LEVEL: 'loud', API_KEYS: 'a:0123456789abcdef,b:short' };
  const lines = problemsOf(yaml, environment).map((line) => line.replaceAll(`${folder}/`, ''));
  expect(lines.map((line) => line.split(': ', 1)[0])).toEqual([
    'application.yaml:4',
    'application.yaml:2 (http.port)',
    'API_KEYS (security.api-keys.1)',
    'application.yaml:7 (security.rate-limit.max-requests)',
    'application.yaml:10 (languages.1)',
    'application.yaml:11 (resources.python.cpu)',
    'LOG_LEVEL (log.level)',
  ]);
});

test.each([
  ['no YAML', 'security: {api-keys: [a:sesame-open-sesame'],
  ['a key that is too short', 'security: {api-keys: ["a:sesame"]}'],
  ['a URL that is none of Redis', 'security: {rate-limit: {redis-url: "http://u:sesame@h"}}'],
  ['an odd token', 'security: {api-keys: ["a:sesame-open-sesame"]} sesame'],
])('problems do not quote what may be secret: %s', (_, yaml) => {
  const text = problemsOf(yaml).join('\n');
  expect(text).toContain('application.yaml:1');
  expect(text).not.toContain('sesame');
});

test.each([
  ['a list', '- http'],
  ['a text', 'http'],
  ['a section that is a number', 'http: 5'],
])('a file that is %s is refused, whatever the environment adds', (_, yaml) => {
  expect(problemsOf(yaml, { HTTP_PORT: '80' })[0]).toContain('application.yaml:1');
});

test('a section whose lines are all commented out is as good as absent', () => {
  expect(load('http:\n  # port: 9000\nlanguages:').http.port).toBe(8080);
});

test('a settings file that somebody named has to be there', () => {
  expect(() => loadConfig({ CONFIG_FILE: '/nowhere.yaml' })).toThrow(
    'CONFIG_FILE: there is no /nowhere.yaml.',
  );
});

test.each(['API_KEYS', 'RATE_LIMIT_REDIS_URL'])('%s can be read from a file', (variable) => {
  const file = join(folder, 'secret');
  writeFileSync(
    file,
    variable === 'API_KEYS' ? 'a:0123456789abcdef\nb:fedcba9876543210\n' : 'redis://h:1/2\n',
  );
  const { security } = load('', { [`${variable}_FILE`]: file });
  if (variable === 'API_KEYS') expect(security['api-keys']?.map(({ name }) => name)).toEqual(['a', 'b']);
  else expect(security['rate-limit']['redis-url']).toBe('redis://h:1/2');
  expect(problemsOf('', { [`${variable}_FILE`]: '/nowhere' })).toEqual([
    `${variable}_FILE: /nowhere cannot be read (ENOENT).`,
  ]);
  expect(problemsOf('', { [`${variable}_FILE`]: file, [variable]: 'x' })[0]).toContain('both set');
  writeFileSync(file, 'wrong');
  expect(problemsOf('', { [`${variable}_FILE`]: file })[0]).toContain(`${variable}_FILE (security.`);
});

test('origins are a scheme and a host, nothing more', () => {
  const origins = 'http://localhost:3000, https://example.org';
  expect(load('', { HTTP_CORS_ORIGINS: origins }).http['cors-origins']).toEqual(origins.split(', '));
  for (const wrong of ['*', 'null', 'example.org', 'https://example.org/', 'ftp://example.org']) {
    expect(problemsOf('', { HTTP_CORS_ORIGINS: wrong })[0]).toContain(
      'HTTP_CORS_ORIGINS (http.cors-origins.0)',
    );
  }
});

test.each([
  ['true', true],
  ['false', false],
])('ALLOW_ANONYMOUS=%s is %s', (text, value) => {
  expect(load('', { ALLOW_ANONYMOUS: text }).security.anonymous).toBe(value);
  expect(load(`security: {anonymous: ${text}}`).security.anonymous).toBe(value);
});

test('keys have names and a length, and only their digests are kept', () => {
  const { security } = load('', { API_KEYS: 'a:0123456789abcdef,b:fedcba:9876543210' });
  expect(security['api-keys']).toEqual([
    { name: 'a', sha256: digestKey('0123456789abcdef') },
    { name: 'b', sha256: digestKey('fedcba:9876543210') },
  ]);
  expect(() => load('', { API_KEYS: 'a:short' })).toThrow('16 characters');
});

test('a runtime is set for all containers, or for a language’s', () => {
  const config = load('resources: {python: {runtime: io.containerd.kata.v2}}', { RUNNER_RUNTIME: 'runsc' });
  expect(config.runner.runtime).toBe('runsc');
  expect(config.resources).toEqual({ python: { runtime: 'io.containerd.kata.v2' } });
  expect(load('').runner.runtime).toBeUndefined();
  expect(problemsOf('', { RUNNER_RUNTIME: '/usr/bin/runsc' })[0]).toContain(
    'RUNNER_RUNTIME (runner.runtime)',
  );
});

/** The lines that say what is wrong. */
function problemsOf(yaml: string, environment: NodeJS.ProcessEnv = {}): string[] {
  try {
    load(yaml, environment);
  } catch (error) {
    const [title, ...lines] = (error as Error).message.split('\n  ');
    expect(title).toBe('These settings cannot be used:');
    return lines;
  }
  throw new Error('these settings were taken');
}

test('dependencies are off, and have limits, a proxy and registries', () => {
  const load = (environment: NodeJS.ProcessEnv) => loadConfig({ CONFIG_FILE: '/dev/null', ...environment });
  expect(load({}).dependencies).toEqual({
    ...{ enabled: false, registries: {}, 'disk-mb': 2048, 'timeout-seconds': 120 },
  });
  const on = load({ DEPENDENCIES_ENABLED: 'true', DEPENDENCIES_PROXY: 'http://u:p@proxy.example:3128' });
  expect(on.dependencies).toMatchObject({ enabled: true, proxy: 'http://u:p@proxy.example:3128' });
  const wrong = {
    ...{ DEPENDENCIES_ENABLED: 'perhaps', DEPENDENCIES_PROXY: 'proxy:3128', DEPENDENCIES_DISK_MB: '1' },
    DEPENDENCIES_TIMEOUT_SECONDS: '181',
  };
  for (const key of ['enabled', 'proxy', 'disk-mb', 'timeout-seconds'])
    expect(() => load(wrong)).toThrow(`(dependencies.${key})`);
});

test('payloads have a folder of their own size, and no key unless one is named', () => {
  expect(load('').payloads).toEqual({ 'max-mb': 1_024 });
  const environment = { PAYLOADS_FOLDER: '/mnt/shared', PAYLOADS_MAX_MB: '4096' };
  const { payloads } = load('payloads: {max-mb: 64, key-file: keys.yaml}', environment);
  expect(payloads).toEqual({ folder: '/mnt/shared', 'max-mb': 4_096, 'key-file': 'keys.yaml' });
});

test('payloads have a bucket instead, on Amazon’s servers or others', () => {
  const { payloads } = load('payloads: {bucket: "s3://some.bucket/of/fleet-1", region: eu-central-1}');
  expect(payloads).toMatchObject({ bucket: 's3://some.bucket/of/fleet-1', region: 'eu-central-1' });
  const environment = {
    ...{ PAYLOADS_BUCKET: 's3://payloads', PAYLOADS_ENDPOINT: 'http://10.0.0.7:9000' },
    PAYLOADS_REGION: 'garage',
  };
  expect(load('', environment).payloads).toEqual({
    ...{ bucket: 's3://payloads', endpoint: 'http://10.0.0.7:9000', region: 'garage' },
    'max-mb': 1_024,
  });
});

test('a folder and a bucket are not both taken, wherever they are set', () => {
  const both = 'payloads.folder and payloads.bucket are both set: choose one';
  expect(problemsOf('payloads: {folder: /mnt/shared, bucket: "s3://payloads"}')).toEqual([
    expect.stringMatching(new RegExp(`:1 \\(payloads\\.bucket\\): ${both}$`)),
  ]);
  expect(problemsOf('payloads: {folder: /mnt/shared}', { PAYLOADS_BUCKET: 's3://payloads' })).toEqual([
    `PAYLOADS_BUCKET (payloads.bucket): ${both}`,
  ]);
});

test.each([
  ['payloads: {bucket: payloads}', 'payloads.bucket): must be s3://bucket or s3://bucket/prefix'],
  ['payloads: {bucket: "s3://Payloads"}', 'payloads.bucket'],
  ['payloads: {bucket: "s3://payloads/"}', 'payloads.bucket'],
  ['payloads: {bucket: "s3://payloads/a//b"}', 'payloads.bucket'],
  ['payloads: {bucket: "s3://key:secret@payloads"}', 'payloads.bucket'],
  ['payloads: {bucket: "s3://payloads", endpoint: "10.0.0.7:9000"}', 'payloads.endpoint'],
  [
    'payloads: {bucket: "s3://payloads", endpoint: "http://key:secret@10.0.0.7"}',
    'payloads.endpoint): must be http://host:port or https://host:port; credentials come from the environment',
  ],
  ['payloads: {endpoint: "http://10.0.0.7:9000"}', 'payloads.endpoint): needs payloads.bucket'],
  ['payloads: {region: eu-central-1}', 'payloads.region): needs payloads.bucket'],
  ['payloads: {max-mb: 31}', 'payloads.max-mb'],
  ['payloads: {max-mb: much}', 'payloads.max-mb'],
  ['payloads: {folder: ""}', 'payloads.folder'],
  ['payloads: {key: x}', 'payloads.key'],
  ['http: {max-bodies-mb: 8}', 'http.max-bodies-mb'],
])('%s is refused', (yaml, key) => {
  expect(() => load(yaml)).toThrow(key);
});
