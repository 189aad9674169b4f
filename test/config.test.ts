import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../src/config.js';

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
  expect(config.http).toEqual({ host: '127.0.0.1', port: 8080 });
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

test('keys have names and a length', () => {
  const [first, second] =
    load('', { API_KEYS: 'a:0123456789abcdef,b:fedcba9876543210' }).security['api-keys'] ?? [];
  expect(first).toEqual({ name: 'a', key: '0123456789abcdef' });
  expect(second?.name).toBe('b');
  expect(() => load('', { API_KEYS: 'a:short' })).toThrow('16 characters');
});
