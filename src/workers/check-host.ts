// A runner's host, looked at from all sides: at a runner's start, and by `npm run doctor`. One file a check in host-checks/.
import type Docker from 'dockerode';
import type { RunnerHost } from '../activities/run-in-container.js';
import { finding } from '../host-finding.js';
import { checkCells } from './host-checks/check-cells.js';
import { checkCorePattern } from './host-checks/check-core-pattern.js';
import { checkDisks, type Disk } from './host-checks/check-disk.js';
import {
  askEngine,
  checkLimits,
  checkRunc,
  checkRuntimes,
  checkSecurity,
  checkVersion,
  type Engine,
} from './host-checks/check-engine.js';
import { checkImages, checkResolvers, presentLanguages } from './host-checks/check-images.js';
import { checkSandbox } from './host-checks/check-sandbox.js';
import type { HostCheck } from './host-checks/host-check.js';

export type CheckHostOptions = {
  dataFolder: string;
  /** Whether jobs may bring them along. */
  dependencies: boolean;
};

/** Looks at everything; starts two short-lived containers. Whatever fails is a finding. */
export async function checkHost(
  host: RunnerHost,
  { dataFolder, dependencies }: CheckHostOptions,
): Promise<HostCheck[]> {
  const { docker, languages } = host;
  try {
    const engine = await askEngine(docker);
    const present = await presentLanguages(docker, languages);
    return [
      checkVersion(engine),
      checkRunc(engine, languages),
      checkRuntimes(engine, languages),
      checkSecurity(engine),
      checkLimits(engine),
      await checkSandbox(host, present),
      await checkCells(host, present),
      ...(isLocal(docker) ? [checkCorePattern()] : []),
      ...(await checkDisks(disksOf(docker, engine, dataFolder))),
      await checkImages(docker, languages),
      ...(dependencies ? [await checkResolvers(docker, languages)] : []),
    ];
  } catch (error) {
    return [engineAway(error), ...(await checkDisks([dataDisk(dataFolder)]))];
  }
}

export function engineAway(error: unknown): HostCheck {
  const text = `The Docker engine does not answer (${(error as Error).message}): start it, or run ./deploy.sh as root.`;
  return { title: 'engine', fact: 'away', findings: [finding('engine-away', text)] };
}

/** The disks that must not be full: the engine's, where it is this machine's, and that of the data folder. */
export function disksOf(docker: Docker, { info }: Engine, dataFolder: string): Disk[] {
  const engines = { what: "the engine's data", folder: info.DockerRootDir };
  return isLocal(docker) ? [engines, dataDisk(dataFolder)] : [dataDisk(dataFolder)];
}

const dataDisk = (folder: string): Disk => ({ what: 'the data folder', folder });

/** The engine's socket is a file of this machine. */
function isLocal({ modem }: Docker): boolean {
  return (modem as { socketPath?: unknown }).socketPath !== undefined;
}
