// Gathers a run's frames into a report. Trusts nothing it is told about sizes: the supervisor cuts output, and so does this.
import { MalformedFrame, type SupervisorFrame, type SupervisorResult } from './frames.js';
import type { RunReport } from './verdict.js';

export type RunRecorder = {
  onFrame(frame: SupervisorFrame): void;
  /** Rejects with SupervisorFault, or MalformedFrame when frames come in an order that makes no sense. */
  report: Promise<RunReport>;
};

/** The supervisor could not do its part: a file did not fit, a command is not in the image. */
export class SupervisorFault extends Error {
  override name = 'SupervisorFault';
}

type Streams = { stdout: Buffer[]; stderr: Buffer[]; stdoutBytes: number; stderrBytes: number };

/** `onStart` is called when the program, or its compile step, starts. */
export function createRunRecorder(outputBytes: number, onStart: () => void): RunRecorder {
  const compile = createStreams();
  const run = createStreams();
  let current: Streams | undefined;
  let startedAt: Date | undefined;
  let resolve: (report: RunReport) => void;
  let reject: (error: Error) => void;
  const report = new Promise<RunReport>((...settle) => {
    [resolve, reject] = settle;
  });
  report.catch(() => {});

  function onFrame(frame: SupervisorFrame): void {
    if (frame.kind === 'fault') {
      reject(new SupervisorFault(frame.text));
    } else if (frame.kind === 'phase') {
      enter(frame.phase);
    } else if (current === undefined || startedAt === undefined) {
      throw new MalformedFrame(`${frame.kind} before a phase`);
    } else if (frame.kind === 'result') {
      resolve(toReport(frame.result, startedAt));
    } else {
      append(current, frame.kind, frame.data);
    }
  }

  function enter(phase: 'compile' | 'run'): void {
    if (startedAt === undefined) {
      startedAt = new Date();
      onStart();
    }
    current = phase === 'compile' ? compile : run;
  }

  function toReport(supervisor: SupervisorResult, startedAt: Date): RunReport {
    const compiled = supervisor.phase === 'compile' || supervisor.compile_wall_us !== null;
    const completedAt = new Date();
    return { supervisor, compile: compiled ? join(compile) : null, run: join(run), startedAt, completedAt };
  }

  function append(streams: Streams, stream: 'stdout' | 'stderr', data: Buffer): void {
    const bytes = streams[`${stream}Bytes`] + data.length;
    if (bytes > outputBytes) throw new MalformedFrame(`${stream} of more than ${outputBytes} bytes`);
    streams[`${stream}Bytes`] = bytes;
    // Copied: the frame is a view of a larger buffer that would be kept alive.
    streams[stream].push(Buffer.from(data));
  }

  return { onFrame, report };
}

function createStreams(): Streams {
  return { stdout: [], stderr: [], stdoutBytes: 0, stderrBytes: 0 };
}

function join({ stdout, stderr }: Streams): { stdout: Buffer; stderr: Buffer } {
  return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
}
