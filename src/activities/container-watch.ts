// One subscription to the engine's events tells what an attach stream cannot: a container that somebody pauses keeps its stream
// open. And the subscription's own end tells at once that the engine has died.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { RUNNER_LABEL } from './container-options.js';
import { callDocker } from './docker-call.js';
import type { EngineGate } from './engine-gate.js';

export type ContainerWatch = {
  /** Calls `listener` when somebody pauses the container; the function that it answers with stops that. */
  onPause(containerId: string, listener: () => void): () => void;
  stop(): void;
};

export type ContainerWatchOptions = { docker: Docker; runner: string; gate: EngineGate };

/** Watches the containers of this runner, over deaths of the engine. */
export function watchContainers({ docker, runner, gate }: ContainerWatchOptions): ContainerWatch {
  const listeners = new Map<string, () => void>();
  const stopping = new AbortController();
  let followed: Readable | undefined;

  /** Rejects when the engine cannot be followed any more. */
  async function follow(since: number): Promise<never> {
    followed = await subscribe(docker, runner, since);
    if (stopping.signal.aborted) followed.destroy();
    for await (const line of createInterface({ input: followed })) listeners.get(pausedContainer(line))?.();
    throw new Error('the engine ended its stream of events');
  }

  async function keepFollowing(): Promise<void> {
    let since = Date.now();
    while (!stopping.signal.aborted) {
      const from = since;
      since = Date.now();
      try {
        await gate.pass(stopping.signal);
        await follow(from);
      } catch (error) {
        if (!stopping.signal.aborted) gate.close(error);
      }
    }
  }
  void keepFollowing();

  return {
    onPause(containerId, listener) {
      listeners.set(containerId, listener);
      return () => listeners.delete(containerId);
    },
    stop() {
      stopping.abort();
      followed?.destroy();
    },
  };
}

/** `since`: what happened while nobody followed is told as well. */
async function subscribe(docker: Docker, runner: string, since: number): Promise<Readable> {
  const filters = { type: ['container'], event: ['pause'], label: [`${RUNNER_LABEL}=${runner}`] };
  // @types/dockerode does not know the signal.
  const watched = docker as unknown as { getEvents(options: object): Promise<Readable> };
  return callDocker('events', (abortSignal) =>
    watched.getEvents({ filters, since: Math.floor(since / 1000), abortSignal }),
  );
}

/** Id of the container that a line of the stream tells of. */
function pausedContainer(line: string): string {
  const { Actor } = JSON.parse(line) as { Actor?: { ID?: string } };
  return Actor?.ID ?? '';
}
