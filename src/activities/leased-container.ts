// A job's container and the slot that it borrows: started together, given back together. Whoever cannot be removed takes the
// slot with it, so that no other program ever shares what it may still use.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, longestMs, type RunnerHost } from './attempt.js';
import { DEADLINE_LABEL, RUNNER_LABEL, type Slot, toContainerOptions } from './container-options.js';
import { type JobContainer, startJobContainer } from './job-container.js';
import { isHolderGone } from './run-failure.js';
import { createRunRecorder, type RunRecorder } from './run-recorder.js';
import type { Timing } from './timing.js';

/** Past this a container is nobody's any more and the reaper takes it. */
const DEADLINE_ALLOWANCE_MS = 90_000;

/** How long a container may take to end by itself after its result: being removed by force costs Docker more. */
const END_GRACE_MS = 1_000;

/** How long a result has the CPU for itself. */
const REMOVE_AFTER_MS = 100;

/** Holders that turn out to be gone before an attempt is given up: others may be gone as well. */
const HOLDER_TRIES = 3;

export type LeasedContainer = { slot: Slot; container: JobContainer; recorder: RunRecorder };

/** Leases a slot and starts a container in it, whose supervisor then waits for the job. */
export async function startLeasedContainer(host: RunnerHost, attempt: Attempt): Promise<LeasedContainer> {
  for (let tried = 1; ; tried++) {
    const slot = await host.slots.lease();
    try {
      return await startIn(slot, host, attempt);
    } catch (error) {
      // The holder may be what failed: the next one gets a new one.
      void track(host, host.slots.discard(slot));
      if (tried === HOLDER_TRIES || !isHolderGone(error, slot)) throw error;
    }
  }
}

async function startIn(slot: Slot, host: RunnerHost, attempt: Attempt): Promise<LeasedContainer> {
  const { docker, watch, containersInUse } = host;
  const { language, signal } = attempt;
  const name = `braindrill-${attempt.jobId}-${attempt.attempt}`;
  const options = toContainerOptions({
    name,
    image: host.images.get(language.id) ?? language.id,
    language,
    slot,
    seccompProfile: host.seccompProfile,
    labels: {
      [RUNNER_LABEL]: host.name,
      'braindrill.job': attempt.jobId,
      'braindrill.attempt': `${attempt.attempt}`,
      [DEADLINE_LABEL]: new Date(Date.now() + longestMs(language) + DEADLINE_ALLOWANCE_MS).toISOString(),
    },
  });
  const recorder = createRunRecorder(language.limits.outputBytes, () => attempt.onStart(slot));
  containersInUse.add(name);
  try {
    const container = await startJobContainer({ docker, watch, options, onFrame: recorder.onFrame, signal });
    return { slot, container, recorder };
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
function track(host: RunnerHost, cleanUp: Promise<void>): Promise<void> {
  host.cleanUps.add(cleanUp);
  return cleanUp.finally(() => host.cleanUps.delete(cleanUp));
}
