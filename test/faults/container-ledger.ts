// Every container that a runner makes for a job, as its engine tells it: who ran what, and when.
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { RUNNER_LABEL } from '../../src/activities/container-options.js';

export type Creation = { jobId: string; attempt: number; at: Date };

export type ContainerLedger = { creations(): readonly Creation[]; stop(): void };

/** Follows the engine's events, over deaths of the engine. */
export function keepLedger(docker: Docker, runner: string): ContainerLedger {
  // By container id: what happened while nobody followed is told again.
  const creations = new Map<string, Creation>();
  let stopped = false;
  let events: NodeJS.ReadableStream | undefined;
  const since = Math.floor(Date.now() / 1000) - 1;

  async function follow(): Promise<void> {
    const filters = { type: ['container' as const], event: ['create'], label: [`${RUNNER_LABEL}=${runner}`] };
    events = await docker.getEvents({ filters, since });
    let rest = '';
    for await (const chunk of events) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) note(JSON.parse(line));
    }
  }

  function note({ id, timeNano, Actor }: { id: string; timeNano: number; Actor: { Attributes: Labels } }) {
    const { 'braindrill.job': jobId, 'braindrill.attempt': attempt } = Actor.Attributes;
    if (jobId !== undefined)
      creations.set(id, { jobId, attempt: Number(attempt), at: new Date(timeNano / 1e6) });
  }

  async function keepFollowing(): Promise<void> {
    while (!stopped) {
      await follow().catch(() => {});
      await sleep(50);
    }
  }
  void keepFollowing();

  return {
    creations: () => [...creations.values()],
    stop() {
      stopped = true;
      (events as unknown as { destroy(): void } | undefined)?.destroy();
    },
  };
}

type Labels = { 'braindrill.job'?: string; 'braindrill.attempt'?: string };
