// The commands that operators run.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import { digestKey, readKeyFile } from '../../src/key-file.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
  file = join(folder, 'keys.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

function npmRun(words: string[], environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, CONFIG_FILE: '/dev/null', ...environment };
  return promisify(execFile)('npm', ['run', '--silent', ...words], { cwd: PROJECT_ROOT, env });
}

test('create-key prints a key once and keeps its digest', async () => {
  const limits = ['--expires', '2030-01-31T00:00:00Z', '--max-requests', '500'];
  const { stdout, stderr } = await npmRun([
    'create-key',
    '--',
    '--name',
    'alice',
    ...limits,
    '--key-file',
    file,
  ]);
  const key = stdout.trim();
  expect(key).toMatch(/^bd_[\w-]{32}$/);
  expect(stderr).not.toContain(key);
  expect(readKeyFile(file)).toEqual([
    { name: 'alice', sha256: digestKey(key), 'max-requests': 500, expires: '2030-01-31T00:00:00Z' },
  ]);
  expect(readFileSync(file, 'utf8')).not.toContain(key);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  await npmRun(['create-key', '--', '--name', 'bob'], { KEY_FILE: file });
  expect(readKeyFile(file).map(({ name }) => name)).toEqual(['alice', 'bob']);
});

test.each([
  ['no name', [], 'name'],
  ['a name that is taken', ['--name', 'taken'], 'choose another name'],
  ['an end that is no time', ['--name', 'a', '--expires', 'soon'], 'expires: must be a time such as'],
  ['a limit that is no number', ['--name', 'a', '--max-requests', 'many'], 'max-requests'],
  ['an unknown word', ['--nome', 'a'], 'usage: npm run create-key -- --name NAME'],
])('create-key with %s says so and leaves the file', async (_, words, text) => {
  writeFileSync(file, `- {name: taken, sha256: ${digestKey('x')}}\n`);
  await expect(npmRun(['create-key', '--', ...words], { KEY_FILE: file })).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(text),
  });
  expect(readKeyFile(file)).toHaveLength(1);
});

test('create-key asks where keys are kept', async () => {
  await expect(npmRun(['create-key', '--', '--name', 'a'])).rejects.toMatchObject({
    stderr: expect.stringContaining('--key-file PATH'),
  });
});

test('print-config prints the settings in force, as a file that gives the same, without secrets', async () => {
  const environment = {
    HTTP_PORT: '9000',
    JOBS_TTL: '90 minutes',
    API_KEYS: 'alice:sesame-open-sesame',
    RATE_LIMIT_REDIS_URL: 'redis://user:sesame@cache.example.org:6380/2?password=sesame',
    DEPENDENCIES_PROXY: 'http://user:sesame@proxy.example.org:3128',
  };
  const { stdout } = await npmRun(['print-config'], environment);
  expect(stdout).not.toContain('sesame');
  expect(stdout).toContain('alice:(hidden)');
  expect(stdout).toContain('redis://(hidden)@cache.example.org:6380/2');
  expect(stdout).toContain('http://(hidden)@proxy.example.org:3128/');
  const printed = join(folder, 'printed.yaml');
  writeFileSync(printed, stdout);
  const { API_KEYS, RATE_LIMIT_REDIS_URL, DEPENDENCIES_PROXY } = environment;
  expect(loadConfig({ CONFIG_FILE: printed, API_KEYS, RATE_LIMIT_REDIS_URL, DEPENDENCIES_PROXY })).toEqual(
    loadConfig({ CONFIG_FILE: '/dev/null', ...environment }),
  );
});

test('print-config tells what is wrong and prints nothing', async () => {
  const failed = { code: 1, stdout: '', stderr: expect.stringContaining('HTTP_PORT (http.port)') };
  await expect(npmRun(['print-config'], { HTTP_PORT: '70000' })).rejects.toMatchObject(failed);
});

test('images builds those that are wanted and missing, and refuses a language that nobody knows', async () => {
  const { stdout } = await npmRun(['images', '--', 'py,bash']);
  expect(stdout).toContain('Images: there already for python, bash');
  for (const words of [['python,klingon'], ['python', 'bash'], []]) {
    await expect(npmRun(['images', '--', ...words])).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('usage: npm run images -- all|LANGUAGE,... [rebuild], of java, python'),
    });
  }
});
