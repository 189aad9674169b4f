// A hello world from nothing to its result, in a container of its own of the same image with the same supervisor: hardened as the
// runner does it, with Docker's defaults, and with one thing different at a time: what each costs. Hardening is to cost nothing.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { buildImage } from '../../src/workers/build-image.js';
import { imageName } from '../../src/workers/build-images.js';
import { docker } from '../live/service.js';
import { measure, type Variant } from './measure.js';

const ROUNDS = 40;
const LAYERS = 20;

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

/** One thing different from what the runner does. */
const DIFFERENT: Record<string, (options: ContainerCreateOptions) => ContainerCreateOptions> = {
  'with a network namespace of its own': (options) => inHost(options, { NetworkMode: 'none' }),
  'with an IPC namespace and its /dev/shm': (options) => inHost(options, { IpcMode: 'private' }),
  'without tmpfs mounts but /job': (options) =>
    inHost(options, { Tmpfs: { '/job': options.HostConfig?.Tmpfs?.['/job'] ?? '' } }),
  'without a filter for system calls': (options) => inHost(options, { SecurityOpt: ['seccomp=unconfined'] }),
  'without limits of memory, CPU and processes': (options) =>
    inHost(options, { Memory: 0, MemorySwap: 0, NanoCpus: 0, PidsLimit: 0 }),
  'without further masked paths': (options) => inHost(options, { MaskedPaths: undefined }),
};

const inHost = (options: ContainerCreateOptions, changes: ContainerCreateOptions['HostConfig']) => ({
  ...options,
  HostConfig: { ...options.HostConfig, ...changes },
});

const differently = (name: string, change: (typeof DIFFERENT)[string]): Variant => ({
  name,
  run: async () => runHello(change(await hardenedOptions())),
});

/** The same files, of which the last few came in layers of their own. */
async function buildLayers(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-layers-'));
  const steps = Array.from({ length: LAYERS }, (_, index) => `COPY Dockerfile /usr/share/layer-${index}`);
  writeFileSync(join(folder, 'Dockerfile'), [`FROM ${imageName(python)}`, ...steps].join('\n'));
  const build = { folder, files: ['Dockerfile'], buildArgs: {}, offline: true, name: `${runner}-layers` };
  await buildImage(docker, build).finally(() => rmSync(folder, { recursive: true }));
  return build.name;
}

/** What else the engine has than its default. */
async function otherRuntimes(): Promise<string[]> {
  const { Runtimes, DefaultRuntime } = await docker.info();
  const others = Object.keys(Runtimes).filter((name) => name !== DefaultRuntime && !name.startsWith('io.'));
  if (others.length === 0) console.log(`NOT MEASURED: this engine has no runtime beside ${DefaultRuntime}`);
  return others;
}

test('hello world, hardened and otherwise', { timeout: 900_000 }, async () => {
  const layers = await buildLayers();
  try {
    await measure(
      'hardening',
      [
        { name: 'hardened', run: async () => runHello(await hardenedOptions()) },
        { name: "Docker's defaults", run: async () => runHello(await defaultOptions('default')) },
        { name: "Docker's defaults, network none", run: async () => runHello(await defaultOptions('none')) },
        ...Object.entries(DIFFERENT).map(([name, change]) => differently(name, change)),
        differently(`of ${LAYERS} layers more`, (options) => ({ ...options, Image: layers })),
        ...(await otherRuntimes()).map((Runtime) =>
          differently(`by ${Runtime}`, (options) => inHost(options, { Runtime })),
        ),
      ],
      ROUNDS,
    );
  } finally {
    await docker.getImage(layers).remove({ force: true });
  }
});
