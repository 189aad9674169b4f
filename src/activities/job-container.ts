// One container's life: create, attach, start; then bytes in, frames out, until its stream ends; then remove.
// No exec, no copy, no bind mount, no wait and no inspect: the attach stream is all that joins it to the host. Only that
// somebody paused it has to be told by the engine's events.
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import type { ContainerCreateOptions } from 'dockerode';
import type { ContainerWatch } from './container-watch.js';
import { callDocker, dockerStatus } from './docker-call.js';
import { createDockerStreamParser } from './docker-stream.js';
import { createFrameParser, MalformedFrame, type SupervisorFrame } from './frames.js';

/** What the supervisor may say on its own standard error before it is cut. */
const STDERR_BYTES = 4096;

export type JobContainer = {
  id: string;
  name: string;
  write(frame: Buffer): void;
  /** From now on its frames go here. Until then any frame is malformed: a supervisor says nothing unasked. */
  takeFrames(onFrame: (frame: SupervisorFrame) => void): void;
  /** Nobody takes them any more: what the last one who did has gathered is not kept for a container that waits. */
  refuseFrames(): void;
  /** Nothing more is to come: a supervisor that waits for a job ends. */
  dismiss(): void;
  /** Resolves when the container's stream has ended, rejects when what came through it is malformed or somebody pauses it. */
  ended: Promise<void>;
  /** Resolves when it has ended, but after `ms` milliseconds in any case. */
  endedWithin(ms: number): Promise<void>;
  /** What the supervisor itself complained about. */
  supervisorStderr(): string;
  /** Kills and removes it, whatever it is doing. Never rejects before it has tried twice. */
  remove(): Promise<void>;
};

export type JobContainerOptions = {
  docker: Docker;
  watch: Pick<ContainerWatch, 'onPause'>;
  options: ContainerCreateOptions;
  signal: AbortSignal;
};

/** Creates and starts a container whose supervisor then waits for a job. Leaves nothing behind when it fails. */
export async function startJobContainer(start: JobContainerOptions): Promise<JobContainer> {
  const { docker, watch, options, signal } = start;
  signal.throwIfAborted();
  // Not aborted with the job: the engine would make the container all the same, and nobody would know its id.
  const container = await callDocker('create', (abortSignal) =>
    docker.createContainer({ ...options, abortSignal }),
  );
  let stream: Duplex | undefined;
  let stopWatching = () => {};
  const remove = () => {
    stopWatching();
    return removeContainer(container, stream);
  };
  try {
    stream = await callDocker('attach', (abortSignal) => attach(container, abortSignal), signal);
    let onFrame = refuseFrame;
    const { ended, fail, supervisorStderr } = readFrames(stream, (frame) => onFrame(frame));
    stopWatching = watch.onPause(container.id, () => fail(new Error('somebody paused the container')));
    await callDocker('start', (abortSignal) => container.start({ abortSignal }), signal);
    const attached = stream;
    return {
      id: container.id,
      name: options.name ?? '',
      write: (frame) => attached.write(frame),
      takeFrames(listener) {
        onFrame = listener;
      },
      refuseFrames() {
        onFrame = refuseFrame;
      },
      dismiss: () => void attached.end(),
      ended,
      endedWithin: (ms) => settledWithin(ended, ms),
      supervisorStderr,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function refuseFrame({ kind }: SupervisorFrame): void {
  throw new MalformedFrame(`${kind} unasked`);
}

function attach(container: Docker.Container, abortSignal: AbortSignal): Promise<Duplex> {
  const options = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true, abortSignal };
  return container.attach(options) as Promise<unknown> as Promise<Duplex>;
}

function readFrames(stream: Duplex, onFrame: (frame: SupervisorFrame) => void) {
  let stderr = Buffer.alloc(0);
  const parse = createDockerStreamParser({
    onStdout: createFrameParser(onFrame),
    onStderr: (chunk) => {
      if (stderr.length < STDERR_BYTES)
        stderr = Buffer.concat([stderr, chunk.subarray(0, STDERR_BYTES - stderr.length)]);
    },
  });
  let fail = (_error: unknown) => {};
  const ended = new Promise<void>((resolve, reject) => {
    fail = (error) => {
      reject(error);
      stream.destroy();
    };
    stream.on('data', (chunk: Buffer) => {
      try {
        parse(chunk);
      } catch (error) {
        fail(error);
      }
    });
    // A write to a container that is gone fails here; without a listener it would end the process.
    stream.on('error', () => {});
    stream.on('close', resolve);
    stream.on('end', () => stream.destroy());
  });
  ended.catch(() => {});
  return { ended, fail, supervisorStderr: () => stderr.toString('utf8') };
}

function settledWithin(promise: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    promise
      .catch(() => {})
      .finally(() => {
        clearTimeout(timer);
        resolve();
      });
  });
}

/** A reader that stands still makes a container unkillable, so the stream goes first. */
async function removeContainer(container: Docker.Container, stream: Duplex | undefined): Promise<void> {
  stream?.destroy();
  const remove = () =>
    callDocker('remove', (abortSignal) => container.remove({ force: true, v: true, abortSignal }));
  await remove().catch(ignoreGone).catch(remove).catch(ignoreGone);
}

/** Somebody else removed it, or is about to. */
function ignoreGone(error: unknown): void {
  if (![404, 409].includes(dockerStatus(error) ?? 0)) throw error;
}
