// A program whose job brings dependencies along runs in an image that has them, in a container made for it: none waits for it.
import { ApplicationFailure } from '@temporalio/activity';
import type { JobRequest, JobResult } from '../job.js';
import { withDependencies } from '../languages.js';
import { type NamedManifest, parseManifestOf } from '../manifests/manifest-of.js';
import type { Attempt, RunnerHost } from './attempt.js';
import { DependenciesRefused } from './dependency-images.js';
import { isEngineAway } from './docker-call.js';
import { runInContainer } from './run-in-container.js';
import { toJobResult } from './verdict.js';

/** Runs a program, with what its manifest asks for if it has one. */
export async function runWithDependencies(host: RunnerHost, attempt: Attempt): Promise<JobResult> {
  const place = { attempt: attempt.attempt, host: host.name };
  const manifest = parseManifestOf(attempt, attempt.language);
  if (manifest === undefined) return toJobResult(await runInContainer(host, attempt), attempt, place);
  const withThem: Attempt = { ...attempt, language: withMemory(attempt) };
  try {
    return toJobResult(await runWith(manifest, host, withThem), attempt, place);
  } catch (error) {
    if (error instanceof DependenciesRefused) return toRefusedResult(error.message, attempt, place);
    throw error;
  }
}

async function runWith(manifest: NamedManifest, host: RunnerHost, attempt: Attempt) {
  const { language, signal } = attempt;
  if (host.dependencies === undefined) {
    throw ApplicationFailure.create({
      type: 'DependenciesOff',
      message: `dependencies are switched off on ${host.name}`,
    });
  }
  if (manifest.packages.length === 0) return runInTurn(host, attempt);
  await host.gate.pass(signal);
  const { image, release } = await host.dependencies.lease(language, manifest, signal).catch((error) => {
    if (isEngineAway(error)) host.gate.close(error);
    throw error;
  });
  try {
    return await runInTurn({ ...host, images: new Map([[language.id, image]]) }, attempt);
  } finally {
    release();
  }
}

/** No more of them at once than the language has slots. */
async function runInTurn(host: RunnerHost, attempt: Attempt) {
  const giveBack = await host.turns?.acquire(1, attempt.signal);
  try {
    return await runInContainer(host, attempt);
  } finally {
    giveBack?.();
  }
}

/** The language as it is with dependencies, and with as little memory as the job asks for. */
function withMemory({ language, memory_bytes: memoryBytes }: Attempt): Attempt['language'] {
  const raised = withDependencies(language);
  return memoryBytes === undefined ? raised : { ...raised, limits: { ...raised.limits, memoryBytes } };
}

/** Nothing of it ran. */
function toRefusedResult(
  stderr: string,
  { runs }: Pick<JobRequest, 'runs'>,
  place: { attempt: number; host: string },
): JobResult {
  return {
    status: 'failed',
    reason: 'dependencies',
    verdict: null,
    stdout: '',
    stderr,
    exitCode: null,
    signal: null,
    truncated: false,
    cpuTimeMs: null,
    memoryBytes: null,
    runs: runs === undefined ? null : [],
    runsStopped: null,
    compile: null,
    artifacts: null,
    ...place,
    startedAt: null,
    completedAt: new Date().toISOString(),
  };
}
