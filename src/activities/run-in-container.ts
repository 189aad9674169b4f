// One attempt at one program: lease a slot, start a container, send the job, take the report. What it leaves behind is
// removed after the answer is out, or, when something went wrong, before the failure is told.

import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import type { Language } from '../languages.js';
import type { RunnerMetrics } from '../metrics.js';
import { DEADLINE_LABEL, RUNNER_LABEL, type Slot, toContainerOptions } from './container-options.js';
import type { ContainerWatch } from './container-watch.js';
import type { CpuBudget } from './cpu-budget.js';
import { isEngineAway } from './docker-call.js';
import type { EngineGate } from './engine-gate.js';
import { encodeEndOfStdin, encodeFile, encodeGo } from './frames.js';
import { type JobContainer, startJobContainer } from './job-container.js';
import { isHolderGone, judgeLostContainer, toFailure } from './run-failure.js';
import { createRunRecorder, type RunRecorder } from './run-recorder.js';
import type { SlotPool } from './slot-pool.js';
import { createTiming, type Timing } from './timing.js';
import type { RunReport } from './verdict.js';

/** What a runner's activities work with. */
export type RunnerHost = {
  /** Name of the runner, as people see it, and on the label of its containers. */
  name: string;
  docker: Docker;
  gate: EngineGate;
  watch: Pick<ContainerWatch, 'onPause'>;
  languages: readonly Language[];
  /** Image by language id. */
  images: ReadonlyMap<string, string>;
  seccompProfile: string;
  slots: SlotPool;
  budget: CpuBudget;
  log: Logger;
  metrics: RunnerMetrics;
  /** Names of the containers that somebody here works with; the reaper takes all others that bear this runner's label. */
  containersInUse: Set<string>;
  /** Removals under way; whoever stops the runner waits for them. */
  cleanUps: Set<Promise<void>>;
};

export type Attempt = {
  jobId: string;
  attempt: number;
  language: Language;
  code: string;
  signal: AbortSignal;
  /** The program started, in this slot. */
  onStart: (slot: Slot) => void;
};

/** How much longer than its limits a program may take before the runner itself ends it. */
const BACKSTOP_MS = 5_000;

/** Past this a container is nobody's any more and the reaper takes it. */
const DEADLINE_ALLOWANCE_MS = 90_000;

/** How long a container may take to end by itself after its result: being removed by force costs Docker more. */
const END_GRACE_MS = 1_000;

/** How long a result has the CPU for itself. */
const REMOVE_AFTER_MS = 100;

/** Holders that turn out to be gone before an attempt is given up: others may be gone as well. */
const HOLDER_TRIES = 3;

type Started = { slot: Slot; container: JobContainer; recorder: RunRecorder };

/** Runs one program in a container of its own. Waits while the engine is away. */
export async function runInContainer(host: RunnerHost, attempt: Attempt): Promise<RunReport> {
  await host.gate.pass(attempt.signal);
  try {
    return await run(host, attempt);
  } catch (error) {
    if (isEngineAway(error)) host.gate.close(error);
    throw error;
  }
}

async function run(host: RunnerHost, attempt: Attempt): Promise<RunReport> {
  const { language, signal } = attempt;
  const timing = createTiming((phase, seconds) => host.metrics.containerPhase.observe({ phase }, seconds));
  const started = await start(host, attempt);
  const { container, recorder } = started;
  timing.mark('start');
  try {
    container.write(encodeFile(language.file, Buffer.from(attempt.code)));
    const giveBack = await host.budget.acquire(language.limits.cpus, signal);
    timing.mark('cores');
    host.metrics.runningPrograms.inc({ language: language.id });
    try {
      container.write(Buffer.concat([encodeGo(), encodeEndOfStdin()]));
      const report = await firstOf(host, attempt, container, recorder);
      timing.mark('run');
      void track(host, cleanUpLater(host, started, timing));
      return report;
    } finally {
      host.metrics.runningPrograms.dec({ language: language.id });
      giveBack();
    }
  } catch (error) {
    await track(host, cleanUp(host, started, timing));
    throw signal.aborted ? error : toFailure(error, container.supervisorStderr());
  }
}

async function start(host: RunnerHost, attempt: Attempt): Promise<Started> {
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

async function startIn(slot: Slot, host: RunnerHost, attempt: Attempt): Promise<Started> {
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

/** The report, or the first thing that makes it impossible. */
async function firstOf(
  host: RunnerHost,
  { language, signal }: Attempt,
  container: JobContainer,
  recorder: RunRecorder,
): Promise<RunReport> {
  let backstop: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    const limit = longestMs(language) + BACKSTOP_MS;
    backstop = setTimeout(() => reject(new Error(`no result within ${limit} ms`)), limit);
  });
  signal.addEventListener('abort', onAbort);
  // Frames that came with the stream's last chunk have been taken by then: a report wins over the end.
  const lost = container.ended.then(() =>
    Promise.race([recorder.report, judgeLostContainer(host.docker, container, recorder)]),
  );
  try {
    return await Promise.race([recorder.report, lost, stopped]);
  } finally {
    clearTimeout(backstop);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Lets the container end by itself, and the answer get out first: on a small host, removing takes the CPU that it needs. */
async function cleanUpLater(host: RunnerHost, started: Started, timing: Timing): Promise<void> {
  await started.container.endedWithin(END_GRACE_MS);
  timing.mark('end');
  await sleep(REMOVE_AFTER_MS);
  timing.skip();
  await cleanUp(host, started, timing);
}

async function cleanUp(host: RunnerHost, { container, slot }: Started, timing: Timing): Promise<void> {
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

function track(host: RunnerHost, cleanUp: Promise<void>): Promise<void> {
  host.cleanUps.add(cleanUp);
  return cleanUp.finally(() => host.cleanUps.delete(cleanUp));
}

function longestMs({ compile, limits }: Language): number {
  return limits.timeLimitMs + (compile ? limits.compileTimeLimitMs : 0);
}
