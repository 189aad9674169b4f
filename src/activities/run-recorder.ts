// Gathers a run's frames into a report. Trusts nothing it is told about sizes: the supervisor cuts output, and so does this.
import { createArtifactRecorder } from './artifact-recorder.js';
import { MalformedFrame, type SupervisorFrame, type SupervisorResult } from './frames.js';
import { createMadeRecorder } from './made-recorder.js';
import type { RunReport } from './verdict.js';

export type RunRecorder = {
  onFrame(frame: SupervisorFrame): void;
  /** Rejects with SupervisorFault, or MalformedFrame when frames come in an order that makes no sense. */
  report: Promise<RunReport>;
  /** Resolves when the supervisor is ready for another job, which follows the result only in a container with cells. */
  ready: Promise<void>;
  /** Whether it is. */
  isReady(): boolean;
  /** Another run was sent before this one ended: what comes after the result is told of that one. */
  passOn(onFrame: RunRecorder['onFrame']): void;
};

/** The supervisor could not do its part: a file did not fit, a command is not in the image. */
export class SupervisorFault extends Error {
  override name = 'SupervisorFault';
}

/** What came on one stream of one phase: the first `length` of `bytes`. */
type Stream = { bytes: Buffer; length: number };
type Streams = Record<'stdout' | 'stderr', Stream>;

/**
 * `onStart` is called when the program, or its compile step, starts. A run that was sent before the supervisor was ready for it
 * is `early`: it hears of that first. `artifacts` counts the files that are wanted; `made`: so is what a compile step makes.
 */
export function createRunRecorder(
  outputBytes: number,
  onStart: () => void,
  options: { early?: boolean; artifacts?: number; made?: boolean } = {},
): RunRecorder {
  const artifacts = createArtifactRecorder(options.artifacts ?? 0);
  const made = options.made === true ? createMadeRecorder() : undefined;
  const compile = createStreams();
  const run = createStreams();
  let current: Streams | undefined;
  let startedAt: Date | undefined;
  let over = false;
  let isReady = false;
  let isEarly = options.early ?? false;
  let next: RunRecorder['onFrame'] | undefined;
  let resolve: (report: RunReport) => void;
  let reject: (error: Error) => void;
  const report = new Promise<RunReport>((...settle) => {
    [resolve, reject] = settle;
  });
  report.catch(() => {});
  let tellReady: () => void;
  const ready = new Promise<void>((tell) => {
    tellReady = tell;
  });

  function onFrame(frame: SupervisorFrame): void {
    if (over && next) {
      next(frame);
      return;
    }
    if (frame.kind === 'ready' && over && !isReady) {
      isReady = true;
      tellReady();
      return;
    }
    if (frame.kind === 'ready' && isEarly) {
      isEarly = false;
      return;
    }
    if (over || frame.kind === 'ready') throw new MalformedFrame(`${frame.kind} at the wrong time`);
    if (frame.kind === 'fault') {
      over = true;
      reject(new SupervisorFault(frame.text));
    } else if (frame.kind === 'phase' && !artifacts.hasBegun()) {
      enter(frame.phase);
    } else if (frame.kind === 'phase' || current === undefined || startedAt === undefined) {
      throw new MalformedFrame(`${frame.kind} at the wrong time`);
    } else if (frame.kind === 'result') {
      const report = toReport(frame.result, startedAt);
      over = true;
      resolve(report);
    } else takeBytes(frame, current);
  }

  function takeBytes(frame: BytesFrame, current: Streams): void {
    const compiling = current === compile;
    if (frame.kind === 'made' || frame.kind === 'made-data' || frame.kind === 'made-end') {
      if (made === undefined || !compiling || artifacts.hasBegun())
        throw new MalformedFrame(`${frame.kind} at the wrong time`);
      made.take(frame);
    } else if (compiling && made?.isOpen()) {
      throw new MalformedFrame(`${frame.kind} before a folder’s end`);
    } else if (frame.kind === 'artifact') {
      artifacts.begin(frame);
    } else if (frame.kind === 'artifact-data') {
      artifacts.append(frame.data);
    } else {
      if (artifacts.hasBegun() || (compiling && made?.isOver()))
        throw new MalformedFrame(`${frame.kind} after a file`);
      append(current[frame.kind], frame.data, outputBytes);
    }
  }

  function enter(phase: 'compile' | 'run'): void {
    if (startedAt === undefined) {
      startedAt = new Date();
      onStart();
    } else if (phase === 'compile' || current === run) throw new MalformedFrame(`a second phase ${phase}`);
    if (current === compile && made?.isOver() === false)
      throw new MalformedFrame('a phase before a folder’s end');
    current = phase === 'compile' ? compile : run;
  }

  function toReport(supervisor: SupervisorResult, startedAt: Date): RunReport {
    const compiled = supervisor.phase === 'compile' || supervisor.compile_wall_us !== null;
    const completedAt = new Date();
    return {
      ...{ supervisor, compile: compiled ? join(compile) : null, run: join(run), artifacts: artifacts.end() },
      made: made?.end(),
      ...{ startedAt, completedAt },
    };
  }

  return {
    onFrame,
    report,
    ready,
    isReady: () => isReady,
    passOn(onFrame) {
      next = onFrame;
    },
  };
}

/** What carries bytes, or tells of some. */
type BytesFrame = Exclude<SupervisorFrame, { kind: 'ready' | 'fault' | 'phase' | 'result' }>;

const createStreams = (): Streams => ({ stdout: createStream(), stderr: createStream() });

const createStream = (): Stream => ({ bytes: Buffer.alloc(0), length: 0 });

/** Copies a frame's data to the end. The room doubles: a program may print byte by byte, and a list of bytes would be large. */
function append(stream: Stream, data: Buffer, outputBytes: number): void {
  const length = stream.length + data.length;
  if (length > outputBytes) throw new MalformedFrame(`more than ${outputBytes} bytes on a stream`);
  if (length > stream.bytes.length) {
    const larger = Buffer.alloc(Math.min(outputBytes, Math.max(length, 2 * stream.bytes.length, FIRST_ROOM)));
    stream.bytes.copy(larger, 0, 0, stream.length);
    stream.bytes = larger;
  }
  data.copy(stream.bytes, stream.length);
  stream.length = length;
}

const FIRST_ROOM = 1024;

const join = ({ stdout, stderr }: Streams) => ({ stdout: written(stdout), stderr: written(stderr) });

const written = ({ bytes, length }: Stream) => bytes.subarray(0, length);
