// A language of an operator's own, in a folder outside the project: its image is built, and its programs run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { setUp } from '../../src/set-up.js';
import { startService } from '../../src/start-service.js';
import { testEnvironment } from './global-setup.js';
import { expectNoContainers, KEY, service as shared } from './service.js';

const SPEAK = `
name: Speak
aliases: [say]
file: main.speak
packages: [bash]
needs: [shell]
version: [sh, -c, echo 1.0]
run: [speak, main.speak]
hello: drill my brain
limits: { cpus: 1, memory-mb: 30, timeout-seconds: 2 }`;

test('a language in LANGUAGES_FOLDER is built, told and run like any other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-own-'));
  const runner = `own-${process.pid}`;
  mkdirSync(join(folder, 'languages/speak'), { recursive: true });
  writeFileSync(join(folder, 'languages/speak/language.yaml'), SPEAK);
  writeFileSync(join(folder, 'languages/speak/speak'), '#!/bin/sh\nexec cat "$1"\n', { mode: 0o755 });
  writeFileSync(
    join(folder, 'languages/speak/Dockerfile'),
    'ARG BASE\nFROM $BASE\nCOPY speak /usr/bin/speak\nRUN chmod 0755 /usr/bin/speak\n',
  );
  const environment = {
    ...testEnvironment(folder, runner),
    LANGUAGES: 'perl,speak',
    LANGUAGES_FOLDER: join(folder, 'languages'),
  };
  const config = loadConfig(environment);
  const { docker } = await setUp(config, () => {});
  const service = await startService({
    ...{ config, environment, temporalExecutable: shared.temporalExecutable, report: () => {} },
  });
  onTestFinished(async () => {
    await service.stop();
    await expectNoContainers(runner);
    const images = await docker?.listImages({ filters: { label: ['braindrill.language=speak'] } });
    for (const { Id } of images ?? []) await docker?.getImage(Id).remove({ force: true });
    rmSync(folder, { recursive: true });
  });
  const headers = { 'X-API-Key': KEY };
  const answer = await fetch(`${service.apiUrl}/lang/say`, { method: 'POST', headers, body: 'words' });
  expect([answer.status, await answer.text()]).toEqual([200, 'words']);
  await expect
    .poll(async () => (await fetch(`${service.apiUrl}/languages`)).json(), { timeout: 10_000 })
    .toMatchObject({
      languages: expect.arrayContaining([
        expect.objectContaining({ id: 'speak', version: '1.0', available: true }),
      ]),
    });
});
