// One attempt at one program: take a container, send the job, take the report. Afterwards the container waits for its caller's
// next program, or is removed: after the answer is out, or, when something went wrong, before the failure is told.
import { type Attempt, type LeasedContainer, longestMs, type RunnerHost } from './attempt.js';
import { isEngineAway } from './docker-call.js';
import { encodeEndOfStdin, encodeFile, encodeGo } from './frames.js';
import type { JobContainer } from './job-container.js';
import {
  isolationOf,
  removeLeasedContainer,
  removeLeasedContainerLater,
  startLeasedContainer,
  track,
} from './leased-container.js';
import { isContainerLost, judgeLostContainer, toFailure } from './run-failure.js';
import { createRunRecorder, type RunRecorder } from './run-recorder.js';
import { createTiming, type Timing } from './timing.js';
import type { RunReport } from './verdict.js';

export type { RunnerHost } from './attempt.js';

/** How much longer than its limits a program may take before the runner itself ends it. */
const BACKSTOP_MS = 5_000;

/** How long a supervisor may take to be ready for the next program. */
const READY_MS = 1_000;

/** Runs one program in a container that no other caller has. Waits while the engine is away. */
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
  const newTiming = () =>
    createTiming((phase, seconds) => host.metrics.containerPhase.observe({ phase }, seconds));
  const waiting = host.pool?.take(attempt);
  if (waiting !== undefined) {
    let started = false;
    const onStart: Attempt['onStart'] = (slot) => {
      started = true;
      attempt.onStart(slot);
    };
    try {
      return await runIn(host, { ...attempt, onStart }, waiting, newTiming());
    } catch (error) {
      // It has ended while it waited: the program has lost no more than a moment.
      if (started || attempt.signal.aborted || !isContainerLost(error)) throw error;
    }
  }
  const timing = newTiming();
  return runIn(host, attempt, await startLeasedContainer(host, attempt), timing);
}

async function runIn(
  host: RunnerHost,
  attempt: Attempt,
  leased: LeasedContainer,
  timing: Timing,
): Promise<RunReport> {
  const { language, signal } = attempt;
  const { container } = leased;
  leased.owner = attempt.owner;
  leased.jobs++;
  const recorder = createRunRecorder(language.limits.outputBytes, () => attempt.onStart(leased.slot));
  container.takeFrames(recorder.onFrame);
  host.log.debug(
    { job: attempt.jobId, attempt: attempt.attempt, container: container.id },
    'job in container',
  );
  timing.mark('start');
  try {
    container.write(encodeFile(language.file, Buffer.from(attempt.code)));
    const giveBack = await acquireCores(host, attempt, container);
    timing.mark('cores');
    host.metrics.runningPrograms.inc({ language: language.id });
    try {
      container.write(Buffer.concat([encodeGo(), encodeEndOfStdin()]));
      const report = await firstOf(host, attempt, container, recorder);
      timing.mark('run');
      void track(host, finish(host, attempt, leased, { recorder, report, timing }));
      return report;
    } finally {
      host.metrics.runningPrograms.dec({ language: language.id });
      giveBack();
    }
  } catch (error) {
    await removeLeasedContainer(host, leased, timing);
    throw signal.aborted ? error : toFailure(error, container.supervisorStderr());
  }
}

/** Keeps the container for the caller's next program, or removes it. */
async function finish(
  host: RunnerHost,
  attempt: Attempt,
  leased: LeasedContainer,
  { recorder, report, timing }: { recorder: RunRecorder; report: RunReport; timing: Timing },
): Promise<void> {
  if (leased.isolation === 'cells' && isolationOf(host, attempt) === 'cells' && isUnharmed(report)) {
    const isReady = await within(READY_MS, recorder.ready);
    if (isReady && host.pool?.keep(leased)) return;
  }
  await removeLeasedContainerLater(host, leased, timing);
}

/** A program that met a limit may have left its container short of something. */
function isUnharmed({ supervisor }: RunReport): boolean {
  return (
    !supervisor.timed_out && !supervisor.output_limit && !supervisor.killed && supervisor.oom_kills === 0
  );
}

async function within(ms: number, promise: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for the program's cores; a container that is lost meanwhile does not. */
function acquireCores(
  { budget }: RunnerHost,
  { language, signal }: Attempt,
  { ended }: JobContainer,
): Promise<() => void> {
  const lost = new AbortController();
  ended.then(
    () => lost.abort(new Error('container ended before its program was started')),
    (error: unknown) => lost.abort(error),
  );
  return budget.acquire(language.limits.cpus, AbortSignal.any([signal, lost.signal]));
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
