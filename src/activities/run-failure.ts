// What it means when a container ends without a result, and how an attempt's trouble is told to Temporal.
import { ApplicationFailure } from '@temporalio/activity';
import type Docker from 'dockerode';
import type { Slot } from './container-options.js';
import { dockerStatus } from './docker-call.js';
import { MalformedFrame, type SupervisorResult } from './frames.js';
import type { JobContainer } from './job-container.js';
import { type RunRecorder, SupervisorFault } from './run-recorder.js';
import type { RunReport } from './verdict.js';

const CONTAINER_LOST = 'ContainerLost';

export function isContainerLost(error: unknown): boolean {
  return error instanceof ApplicationFailure && error.type === CONTAINER_LOST;
}

/** The container ended without a result: killed for memory together with its supervisor, or by somebody. */
export async function judgeLostContainer(
  docker: Docker,
  { id }: JobContainer,
  recorder: RunRecorder,
): Promise<RunReport> {
  const state = await docker
    .getContainer(id)
    .inspect({ abortSignal: AbortSignal.timeout(2_000) })
    .then(({ State }) => State)
    .catch(() => undefined);
  if (state?.OOMKilled) {
    recorder.onFrame({ kind: 'result', result: KILLED_FOR_MEMORY });
    return recorder.report;
  }
  throw new Error(`container ended without a result (${state ? `exit code ${state.ExitCode}` : 'gone'})`);
}

/** Docker refused to start a container because the holder whose network it was to join has ended or is gone. */
export function isHolderGone(error: unknown, { holderId }: Slot): boolean {
  if (!(error instanceof Error)) return false;
  const refused = [404, 409].includes(dockerStatus(error) ?? 0);
  // The last when it ended a moment ago.
  return (refused && error.message.includes(holderId)) || /namespace path: lstat .*net/.test(error.message);
}

/** Stands in for the result of a supervisor that the kernel killed for memory, which takes all processes with it. */
const KILLED_FOR_MEMORY: SupervisorResult = {
  phase: 'run',
  exit_code: null,
  signal: 9,
  wall_us: 0,
  cpu_us: 0,
  memory_bytes: 0,
  timed_out: false,
  output_limit: false,
  killed: false,
  oom_kills: 1,
  stdout_bytes: 0,
  stderr_bytes: 0,
  compile_wall_us: null,
};

/** A failure that Temporal knows how to treat: tried again, unless its type says that it would be the same. */
export function toFailure(error: unknown, stderr: string): unknown {
  if (error instanceof ApplicationFailure) return error;
  const type =
    error instanceof SupervisorFault
      ? 'SandboxMisconfigured'
      : error instanceof MalformedFrame
        ? 'MalformedFrames'
        : CONTAINER_LOST;
  const message = [error instanceof Error ? error.message : String(error), stderr.trim()].filter(Boolean);
  return ApplicationFailure.create({ type, message: message.join(': ') });
}
