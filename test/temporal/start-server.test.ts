import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../../src/config.js';
import { readDynamicConfig } from '../../temporal/dynamic-config.js';
import { toServerArguments } from '../../temporal/server-arguments.js';
import { startTemporalServer } from '../../temporal/start-server.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-server-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('every key of the dynamic configuration reaches the server as JSON', async () => {
  const args = toServerArguments({ ...optionsOf('temporal'), ip: '127.0.0.1' }, await readDynamicConfig());
  const values = args.filter((_, index) => args[index - 1] === '--dynamic-config-value');
  const keys = Object.keys(parse(readFileSync(`${PROJECT_ROOT}/temporal/dynamic-config.yaml`, 'utf8')));
  expect(values.map((value) => value?.split('=', 1)[0])).toEqual(keys);
  expect(values).toContain('history.transferProcessorMaxPollRPS=1000');
  expect(values).toContain('frontend.WorkerCommandsEnabled=true');
  expect(values).toContain('history.retentionTimerJitterDuration="1m"');
});

test.each([
  ['port', 'temporal.port'],
  ['uiPort', 'temporal.ui-port'],
])('a taken %s is told with its number and the setting %s', async (option, setting) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const started = startTemporalServer({ ...optionsOf(fakeServer('1.32.0')), [option]: port });
  await expect(started).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use: stop what uses it, or set ${setting}`,
  );
  await new Promise((resolve) => taken.close(resolve));
});

test('a server that ends early is told with the last lines of its log, not those of an earlier start', async () => {
  const options = optionsOf(fakeServer('1.32.0'));
  writeFileSync(options.logFile, 'of an earlier start\n');
  const error: Error = await startTemporalServer(options).then(
    () => expect.fail(),
    (reason) => reason,
  );
  expect(error.message).toMatch(/ended while it started \(exit code 7\).*the schema is broken/s);
  expect(error.message).not.toContain('earlier start');
});

test('a server that panics while it starts is started again, at most twice, and its panic is told', async () => {
  const trace = Array.from({ length: 30 }, (_, line) => `echo main.frame${line} >&2`).join('\n');
  const options = optionsOf(fakeServer('1.32.0', `echo 'panic: no port' >&2\n${trace}\nexit 2`));
  const lines: string[] = [];
  const started = startTemporalServer(options, (line) => lines.push(line));
  await expect(started).rejects.toThrow(/exit code 2.*last lines:\npanic: no port\nmain\.frame20\n/s);
  expect(lines.filter((line) => line.includes('ended in a panic, trying again'))).toHaveLength(2);
  expect(readFileSync(options.logFile, 'utf8').match(/panic: no port/g)).toHaveLength(3);
});

test('a database of another server version is kept under another name, and told', async () => {
  const options = optionsOf(fakeServer('1.32.0'));
  for (const suffix of ['', '-wal', '-shm']) writeFileSync(options.dbFile + suffix, `old${suffix}`);
  writeFileSync(`${options.dbFile}.version`, '1.31.0\n');
  const lines: string[] = [];
  await startTemporalServer(options, (line) => lines.push(line)).catch(() => {});

  const kept = readdirSync(folder).filter((name) => name.startsWith('temporal.db.1.31.0.'));
  expect(kept.map((name) => readFileSync(join(folder, name), 'utf8')).sort()).toEqual([
    'old',
    'old-shm',
    'old-wal',
  ]);
  expect(existsSync(options.dbFile)).toBe(false);
  expect(readFileSync(`${options.dbFile}.version`, 'utf8')).toBe('1.32.0\n');
  expect(lines[0]).toMatch(/of version 1\.31\.0, this is 1\.32\.0; the old one is kept as/);
});

test('a database of the same version is left where it is', async () => {
  const options = optionsOf(fakeServer('1.32.0'));
  writeFileSync(options.dbFile, 'mine');
  writeFileSync(`${options.dbFile}.version`, '1.32.0\n');
  await startTemporalServer(options).catch(() => {});
  expect(readFileSync(options.dbFile, 'utf8')).toBe('mine');
});

function optionsOf(executable: string) {
  const file = (name: string) => join(folder, name);
  return {
    executable,
    dbFile: file('temporal.db'),
    port: 0,
    uiPort: 0,
    namespace: 'default',
    logFile: file('temporal.log'),
  };
}

/** Knows its version; ends with a complaint when it is to serve, or does what `serve` says in shell. */
function fakeServer(version: string, serve = "echo 'the schema is broken' >&2\nexit 7"): string {
  const path = join(folder, 'temporal');
  const script = `#!/bin/sh
[ "$1" = --version ] && echo "temporal version 1.9.1 (Server ${version}, UI 2.54.1)" && exit
${serve}
`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}
