// A container and the slot that it borrows: started together, given back together. Whoever cannot be removed takes the
// slot with it, so that no other program ever shares what it may still use.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Language } from '../languages.js';
import { type Attempt, type LeasedContainer, longestMs, type RunnerHost } from './attempt.js';
import {
  ISOLATION_LABEL,
  type Isolation,
  LANGUAGE_LABEL,
  RUNNER_LABEL,
  type Slot,
  toContainerOptions,
} from './container-options.js';
import { startJobContainer } from './job-container.js';
import { isHolderGone } from './run-failure.js';
import type { Timing } from './timing.js';

/** How much longer than its program may take a container is in use. Past that it is nobody's any more. */
const IN_USE_ALLOWANCE_MS = 90_000;

/** How long a container may take to end by itself after its result: being removed by force costs Docker more. */
const END_GRACE_MS = 1_000;

/** How long a result has the CPU for itself. */
const REMOVE_AFTER_MS = 100;

/** Holders that turn out to be gone before an attempt is given up: others may be gone as well. */
const HOLDER_TRIES = 3;

type Plan = {
  name: string;
  language: Language;
  isolation: Isolation;
  labels: Record<string, string>;
  signal: AbortSignal;
};

/**
 * Leases a slot and starts a container in it, whose supervisor then waits for this attempt's program. `before` counts those of
 * its runs that have ended.
 */
export function startLeasedContainer(
  host: RunnerHost,
  attempt: Attempt,
  before: number,
): Promise<LeasedContainer> {
  const { jobId, language, signal } = attempt;
  const isolation = isolationOf(host, attempt);
  return startInSlot(host, {
    name: `braindrill-${jobId}-${attempt.attempt}${before === 0 ? '' : `-${before}`}`,
    language,
    isolation,
    labels: {
      'braindrill.job': jobId,
      'braindrill.attempt': `${attempt.attempt}`,
      [ISOLATION_LABEL]: isolation,
    },
    signal,
  });
}

/** Starts a container that waits for anybody's program. */
export async function startWaitingContainer(host: RunnerHost, language: Language): Promise<LeasedContainer> {
  const { signal } = new AbortController();
  await host.gate.pass(signal);
  const leased = await startInSlot(host, {
    name: `braindrill-${host.name}-${language.id}-${randomUUID().slice(0, 8)}`,
    language,
    isolation: host.isolation,
    labels: {},
    signal,
  });
  letWait(host, leased);
  return leased;
}

/** A program's time with the container begins. */
export function useForProgram(
  { containersInUse }: RunnerHost,
  { container, language }: LeasedContainer,
): void {
  containersInUse.set(container.name, Date.now() + longestMs(language) + IN_USE_ALLOWANCE_MS);
}

/** No program has the container: it waits for as long as whoever keeps it wants. */
export function letWait({ containersInUse }: RunnerHost, { container }: LeasedContainer): void {
  container.refuseFrames();
  containersInUse.set(container.name, Number.POSITIVE_INFINITY);
}

/** Cells are for the programs of one known caller. */
export function isolationOf(
  host: RunnerHost,
  { owner, isolation }: Pick<Attempt, 'owner' | 'isolation'>,
): Isolation {
  return owner === null ? 'container' : (isolation ?? host.isolation);
}

async function startInSlot(host: RunnerHost, plan: Plan): Promise<LeasedContainer> {
  for (let tried = 1; ; tried++) {
    const slot = await host.slots.lease();
    try {
      return await startIn(slot, host, plan);
    } catch (error) {
      // The holder may be what failed: the next one gets a new one.
      void track(host, host.slots.discard(slot));
      if (tried === HOLDER_TRIES || !isHolderGone(error, slot)) throw error;
    }
  }
}

async function startIn(slot: Slot, host: RunnerHost, plan: Plan): Promise<LeasedContainer> {
  const { docker, watch, containersInUse } = host;
  const { name, language, isolation, labels, signal } = plan;
  const options = toContainerOptions({
    name,
    image: host.images.get(language.id) ?? language.id,
    language,
    slot,
    isolation,
    seccompProfile: host.seccompProfiles[isolation],
    labels: { [RUNNER_LABEL]: host.name, [LANGUAGE_LABEL]: language.id, ...labels },
  });
  containersInUse.set(name, Date.now() + longestMs(language) + IN_USE_ALLOWANCE_MS);
  try {
    const container = await startJobContainer({ docker, watch, options, signal });
    return { slot, container, language, isolation, owner: null, jobs: 0, madeAt: Date.now() };
  } catch (error) {
    // The engine may make it all the same, later.
    containersInUse.delete(name);
    throw error;
  }
}

/** Removes the container and gives its slot back. Never rejects. */
export function removeLeasedContainer(
  host: RunnerHost,
  leased: LeasedContainer,
  timing: Timing,
): Promise<void> {
  return track(host, remove(host, leased, timing));
}

/** Lets the container end by itself, and the answer get out first: on a small host, removing takes the CPU that it needs. */
export function removeLeasedContainerLater(
  host: RunnerHost,
  leased: LeasedContainer,
  timing: Timing,
): Promise<void> {
  return track(host, removeLater(host, leased, timing));
}

async function removeLater(host: RunnerHost, leased: LeasedContainer, timing: Timing): Promise<void> {
  leased.container.dismiss();
  await leased.container.endedWithin(END_GRACE_MS);
  timing.mark('end');
  await sleep(REMOVE_AFTER_MS);
  timing.skip();
  await remove(host, leased, timing);
}

async function remove(host: RunnerHost, { container, slot }: LeasedContainer, timing: Timing): Promise<void> {
  try {
    await container.remove();
    timing.mark('remove');
    host.slots.release(slot);
  } catch (error) {
    host.log.error({ err: error, container: container.id }, 'container not removed, left to the reaper');
    host.slots.abandon(slot);
  } finally {
    host.containersInUse.delete(container.name);
    host.log.debug({ container: container.id, ms: timing.toMs() }, 'container life');
  }
}

/** Whoever stops the runner waits for it. */
export function track(host: RunnerHost, cleanUp: Promise<void>): Promise<void> {
  host.cleanUps.add(cleanUp);
  return cleanUp.finally(() => host.cleanUps.delete(cleanUp));
}
