// One attempt at one job: take a container, send the program, take the report, once for each of its runs. Afterwards the
// container waits for its caller's next program, or is removed: after the answer is out, or, when something went wrong, before
// the failure is told.
import { type RunInput, runsOf } from '../job.js';
import { type Attempt, type LeasedContainer, longestMs, type RunnerHost } from './attempt.js';
import { type CompileStep, createCompileStep } from './compile-step.js';
import type { Isolation } from './container-options.js';
import { isEngineAway } from './docker-call.js';
import {
  encodeArgument,
  encodeArtifact,
  encodeEndOfStdin,
  encodeEntrypoint,
  encodeFile,
  encodeFlag,
  encodeGo,
  encodeHold,
  encodeLimit,
  encodeMade,
  encodeRestored,
  encodeStdin,
  encodeTell,
  encodeVariable,
} from './encode-frames.js';
import type { JobContainer } from './job-container.js';
import {
  isolationOf,
  letWait,
  removeLeasedContainer,
  removeLeasedContainerLater,
  startLeasedContainer,
  track,
  useForProgram,
} from './leased-container.js';
import { createRunBudget, type RunBudget, type RunLimits } from './run-budget.js';
import { isContainerLost, judgeLostContainer, toFailure } from './run-failure.js';
import { createRunRecorder, type RunRecorder } from './run-recorder.js';
import { createTiming, type Timing } from './timing.js';
import { endsJob, type RunReport, type RunReports } from './verdict.js';
import { whenEnded } from './when-ended.js';

export type { RunnerHost } from './attempt.js';

/** How much longer than its limits a program may take before the runner itself ends it. */
const BACKSTOP_MS = 5_000;

/** How long a supervisor may take to be ready for the next program. */
const READY_MS = 1_000;

/** A run that has ended, in a container that is not looked after yet. */
type Ended = {
  leased: LeasedContainer;
  report: RunReport;
  recorder: RunRecorder;
  timing: Timing;
  ahead: Ahead | undefined;
};

/** A run that was sent while the one before it ran, so that its supervisor need not wait for it. The cores go on to it. */
type Ahead = { limits: RunLimits; recorder: RunRecorder; giveBack: () => void };

/** What may be sent ahead: it waits in pipes. */
const AHEAD_BYTES = 16 * 1024;

/**
 * One of an attempt's runs: what it is given, how many came before it, what of the compile step it leaves to the next or
 * has of the one before, and which comes after it, as far as that can be foreseen.
 */
type Run = {
  input: RunInput;
  before: number;
  limits: RunLimits;
  keep: 'hold' | 'made' | undefined;
  after: { input: RunInput; limits: RunLimits } | undefined;
};

/**
 * Runs a program in a container that no other caller has, as often as its job asks for. Answers with a report for each run.
 * Waits while the engine is away.
 */
export async function runInContainer(host: RunnerHost, attempt: Attempt): Promise<RunReports> {
  await host.gate.pass(attempt.signal);
  try {
    return await runAll(host, onceStarted(attempt));
  } catch (error) {
    if (isEngineAway(error)) host.gate.close(error);
    throw error;
  }
}

/** The same, and only its first run is told of. */
function onceStarted(attempt: Attempt): Attempt {
  let started = false;
  const onStart: Attempt['onStart'] = (slot) => {
    if (!started) attempt.onStart(slot);
    started = true;
  };
  return { ...attempt, onStart };
}

/** One run after the other, in one container as long as it is as good as new. */
async function runAll(host: RunnerHost, attempt: Attempt): Promise<RunReports> {
  const { language, stop_at_first_failure: stopAtFirstFailure = false } = attempt;
  const budget = createRunBudget(language.limits, attempt);
  const reports: RunReport[] = [];
  const inputs = runsOf(attempt);
  const canHold = language.compile !== undefined && inputs.length > 1;
  let ended: Ended | undefined;
  for (const [before, input] of inputs.entries()) {
    const limits = budget.next();
    if (limits === undefined) break;
    const after = foresee(inputs[before + 1], budget);
    const again = ended && isReusable(host, attempt, ended) && isAsSent(ended, limits) ? ended : undefined;
    if (ended && !again) giveUp(host, ended);
    ended = again
      ? await runIn(
          host,
          attempt,
          { input, before, limits, keep: canHold ? 'made' : undefined, after },
          again,
        )
      : await runAnew(host, attempt, { input, before, limits, keep: canHold ? 'hold' : undefined, after });
    const { report } = ended;
    // Not all of its own time was left: nobody knows what would have come of it.
    if (limits.isCut && report.supervisor.timed_out) break;
    reports.push(report);
    budget.spend(report);
    if (endsJob(report, input, stopAtFirstFailure)) break;
  }
  if (ended) void track(host, finish(host, attempt, ended));
  return reports as RunReports;
}

function foresee(input: RunInput | undefined, budget: RunBudget): Run['after'] {
  const limits = input && budget.afterNext();
  return limits && { input, limits };
}

/** Whether what runs already, if anything does, has the limits that it is to have now that the one before has ended. */
function isAsSent({ ahead }: Ended, { isCut, outputBytes }: RunLimits): boolean {
  return ahead === undefined || (!isCut && ahead.limits.outputBytes === outputBytes);
}

function giveUp(host: RunnerHost, { leased, timing, ahead }: Ended): void {
  ahead?.giveBack();
  void removeLeasedContainerLater(host, leased, timing);
}

/** In a container that waits, or else in a new one. */
async function runAnew(host: RunnerHost, attempt: Attempt, run: Run): Promise<Ended> {
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
      return await runIn(host, { ...attempt, onStart }, run, { leased: waiting, timing: newTiming() });
    } catch (error) {
      // It has ended while it waited: the program has lost no more than a moment.
      if (started || attempt.signal.aborted || !isContainerLost(error)) throw error;
    }
  }
  const timing = newTiming();
  return runIn(host, attempt, run, { leased: await startLeasedContainer(host, attempt, run.before), timing });
}

async function runIn(
  host: RunnerHost,
  attempt: Attempt,
  run: Run,
  { leased, timing, recorder: before, ahead: sent }: Pick<Ended, 'leased' | 'timing'> & Partial<Ended>,
): Promise<Ended> {
  const { language, signal } = attempt;
  const { container } = leased;
  useForProgram(host, leased);
  leased.owner = attempt.owner;
  leased.jobs++;
  // While the supervisor makes the next cell the next run is on its way.
  const early = before?.isReady() === false;
  const step = sent || run.keep === 'made' ? undefined : createCompileStep(host, attempt, run.limits);
  const recorder =
    sent?.recorder ??
    createRunRecorder(run.limits.outputBytes, () => attempt.onStart(leased.slot), {
      early,
      artifacts: attempt.artifacts?.length ?? 0,
      made: step !== undefined && step.found === undefined,
    });
  container.takeFrames(recorder.onFrame);
  host.log.debug(
    { job: attempt.jobId, attempt: attempt.attempt, container: container.id },
    'job in container',
  );
  timing.mark('start');
  try {
    if (!sent) container.write(encodeProgram(attempt, run, leased.isolation, step));
    const giveBack = sent?.giveBack ?? (await acquireCores(host, attempt, container));
    timing.mark('cores');
    host.metrics.runningPrograms.inc({ language: language.id });
    let ahead: Ahead | undefined;
    try {
      if (!sent) container.write(Buffer.concat([encodeGo(), encodeInput(run.input)]));
      const next = sendAhead(host, attempt, run, leased, recorder);
      const report = await firstOf(host, attempt, container, recorder);
      timing.mark('run');
      ahead = next && { ...next, giveBack };
      return { leased, report: step?.finish(report) ?? report, recorder, timing, ahead };
    } finally {
      host.metrics.runningPrograms.dec({ language: language.id });
      if (!ahead) giveBack();
    }
  } catch (error) {
    const told = step ? step.fail(error) : error;
    await removeLeasedContainer(host, leased, timing);
    throw signal.aborted ? error : toFailure(told, container.supervisorStderr());
  }
}

/** Sends the run that comes after this one, if it can be foreseen and nobody else waits for the cores. */
function sendAhead(
  { budget }: RunnerHost,
  attempt: Attempt,
  { after, before, keep }: Run,
  { container, isolation, slot }: LeasedContainer,
  recorder: RunRecorder,
): Omit<Ahead, 'giveBack'> | undefined {
  // A compile step may be the job's end.
  const isCompiled = attempt.language.compile === undefined || keep === 'made';
  if (after === undefined || !isCompiled || isolation !== 'cells' || budget.isAwaited()) return undefined;
  const next: Run = { ...after, before: before + 1, keep, after: undefined };
  const frames = [encodeProgram(attempt, next, isolation, undefined), encodeGo(), encodeInput(after.input)];
  const bytes = Buffer.concat(frames);
  if (bytes.length > AHEAD_BYTES) return undefined;
  const { limits } = after;
  const ahead = createRunRecorder(limits.outputBytes, () => attempt.onStart(slot), { early: true });
  recorder.passOn(ahead.onFrame);
  container.write(bytes);
  return { limits, recorder: ahead };
}

/** All that a run begins with, but for its go. */
function encodeProgram(
  attempt: Attempt,
  { input, limits, keep }: Run,
  isolation: Isolation,
  step: CompileStep | undefined,
): Buffer {
  const { language, entrypoint = language.file, env = {}, artifacts = [] } = attempt;
  const { timeLimitMs, outputBytes } = language.limits;
  return Buffer.concat([
    ...(keep === 'hold' && isolation === 'cells' ? [encodeHold()] : []),
    ...(keep === 'made' ? [encodeMade()] : encodeFolder(attempt, step)),
    ...(entrypoint === language.file ? [] : [encodeEntrypoint(entrypoint)]),
    ...artifacts.map(encodeArtifact),
    ...(input.args ?? []).map(encodeArgument),
    ...Object.entries(env).map(([name, value]) => encodeVariable(name, value)),
    ...(limits.timeLimitMs < timeLimitMs ? [encodeLimit('time_limit_ms', limits.timeLimitMs)] : []),
    ...(limits.outputBytes < outputBytes ? [encodeLimit('output_bytes', limits.outputBytes)] : []),
  ]);
}

/** What is compiled, or what came of that once. */
function encodeFolder(attempt: Attempt, step: CompileStep | undefined): Buffer[] {
  if (step?.found) return [...step.found.frames, encodeRestored()];
  return [...encodeSources(attempt), ...(step ? [encodeTell()] : [])];
}

function encodeSources({ language, code, files = [], compile_flags: flags = [] }: Attempt): Buffer[] {
  return [
    ...(code === undefined ? [] : [encodeFile(language.file, Buffer.from(code))]),
    ...files.map(({ path, content, encoding }) => encodeFile(path, Buffer.from(content, encoding))),
    ...flags.map(encodeFlag),
  ];
}

const encodeInput = ({ stdin = '' }: RunInput) =>
  Buffer.concat([encodeStdin(Buffer.from(stdin)), encodeEndOfStdin()]);

/** Keeps the container for the caller's next program, or removes it. A run that is no longer wanted may end before. */
async function finish(host: RunnerHost, attempt: Attempt, ended: Ended): Promise<void> {
  const { leased, recorder, timing, ahead } = ended;
  const last = ahead?.recorder ?? recorder;
  const isReady =
    isReusable(host, attempt, ended) && (await within(READY_MS, last.ready)) && isUnharmed(await last.report);
  ahead?.giveBack();
  if (isReady && host.pool?.keep(leased)) return letWait(host, leased);
  await removeLeasedContainerLater(host, leased, timing);
}

/** Whether the container may have another program of the same caller. */
function isReusable(host: RunnerHost, attempt: Attempt, { leased, report }: Ended): boolean {
  return leased.isolation === 'cells' && isolationOf(host, attempt) === 'cells' && isUnharmed(report);
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
  const forget = whenEnded(ended, (error) =>
    lost.abort(error ?? new Error('container ended before its program was started')),
  );
  return budget.acquire(language.limits.cpus, AbortSignal.any([signal, lost.signal])).finally(forget);
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
  let forget = () => {};
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    const limit = longestMs(language) + BACKSTOP_MS;
    backstop = setTimeout(() => reject(new Error(`no result within ${limit} ms`)), limit);
  });
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  // Frames that came with the stream's last chunk have been taken by then: a report wins over the end.
  const lost = new Promise<RunReport>((resolve, reject) => {
    forget = whenEnded(container.ended, (error) => {
      if (error !== undefined) return reject(error);
      resolve(Promise.race([recorder.report, judgeLostContainer(host.docker, container, recorder)]));
    });
  });
  try {
    return await Promise.race([recorder.report, lost, stopped]);
  } finally {
    clearTimeout(backstop);
    signal.removeEventListener('abort', onAbort);
    forget();
  }
}
