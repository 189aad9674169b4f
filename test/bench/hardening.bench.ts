// A hello world from nothing to its result, in the same image with the same supervisor: hardened as the runner does it, and
// with Docker's defaults. Hardening is to cost nothing.
import { randomUUID } from 'node:crypto';
import type { ContainerCreateOptions } from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUNNER_LABEL, toContainerOptions } from '../../src/activities/container-options.js';
import { encodeEndOfStdin, encodeFile, encodeGo } from '../../src/activities/encode-frames.js';
import { startJobContainer } from '../../src/activities/job-container.js';
import { createHolderDocker } from '../../src/activities/namespace-holder.js';
import { createRunRecorder } from '../../src/activities/run-recorder.js';
import { readSeccompProfile } from '../../src/activities/seccomp-profile.js';
import { createSlotPool } from '../../src/activities/slot-pool.js';
import { PROJECT_ROOT } from '../../src/config.js';
import { findLanguage, type Language, loadLanguages } from '../../src/languages.js';
import { createLog } from '../../src/log.js';
import { imageName } from '../../src/workers/build-images.js';
import { docker } from '../live/service.js';
import { measure } from './measure.js';

const ROUNDS = 40;

const python = findLanguage(loadLanguages(`${PROJECT_ROOT}/languages`), 'python') as Language;
const seccompProfile = readSeccompProfile(`${PROJECT_ROOT}/sandbox`, { cells: false });
const runner = `bench-${process.pid}`;
const holders = createHolderDocker({
  ...{ docker, runner, image: imageName(python), seccompProfile },
  ...{ containersInUse: new Map(), log: createLog('bench', 'warn') },
});
const slots = createSlotPool(holders);

beforeAll(() => slots.fill(1));
afterAll(() => slots.close());

async function runHello(options: ContainerCreateOptions): Promise<void> {
  const recorder = createRunRecorder(python.limits.outputBytes, () => {});
  const signal = new AbortController().signal;
  const watch = { onPause: () => () => {} };
  const container = await startJobContainer({ docker, watch, options, signal });
  container.takeFrames(recorder.onFrame);
  try {
    const frames = [encodeFile(python.file, Buffer.from(python.hello)), encodeGo(), encodeEndOfStdin()];
    container.write(Buffer.concat(frames));
    const { run } = await recorder.report;
    expect(run.stdout.toString()).toBe('drill my brain\n');
  } finally {
    await container.endedWithin(1_000);
    await container.remove();
  }
}

async function hardenedOptions(): Promise<ContainerCreateOptions> {
  const slot = await slots.lease();
  slots.release(slot);
  const name = `braindrill-${randomUUID()}`;
  const labels = { [RUNNER_LABEL]: runner };
  return toContainerOptions({
    name,
    image: imageName(python),
    language: python,
    slot,
    isolation: 'container',
    seccompProfile,
    labels,
  });
}

/** What is left when every option that hardens is taken away. */
async function defaultOptions(networkMode: string): Promise<ContainerCreateOptions> {
  const { Image, Entrypoint, Cmd, WorkingDir, Env, OpenStdin, StdinOnce, Tty } = await hardenedOptions();
  const attached = { AttachStdin: true, AttachStdout: true, AttachStderr: true, OpenStdin, StdinOnce, Tty };
  const kept = { Image, Entrypoint, Cmd, WorkingDir, Env };
  return { ...kept, ...attached, HostConfig: { NetworkMode: networkMode } } as ContainerCreateOptions;
}

test('hello world, hardened and with Docker’s defaults', { timeout: 600_000 }, async () => {
  await measure(
    'hardening',
    [
      { name: "Docker's defaults", run: async () => runHello(await defaultOptions('default')) },
      { name: "Docker's defaults, network none", run: async () => runHello(await defaultOptions('none')) },
      { name: 'hardened', run: async () => runHello(await hardenedOptions()) },
    ],
    ROUNDS,
  );
});
